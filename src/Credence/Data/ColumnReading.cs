using Credence.Data.Columns;

namespace Credence.Data;

/// <summary>How one column of the data is read.</summary>
/// <param name="Name">Its name in the file, or <c>column 3</c> where the file has no header.</param>
/// <param name="Role">What it is for: one of the constants of this type.</param>
public sealed record ColumnReading(string Name, string Role)
{
    /// <summary>A column the model may use.</summary>
    public const string Feature = "feature";

    /// <summary>The label, or one of several labels.</summary>
    public const string Label = "label";

    /// <summary>A column that is not read.</summary>
    public const string LeftOut = "left_out";

    /// <summary>The kind of its cells; null where it is not read.</summary>
    public ColumnKind? Kind { get; init; }

    /// <summary>How its cells are written, where that is not the usual way: a decimal comma, the order of a date; null for the usual
    /// way.</summary>
    public string? Format { get; init; }

    /// <summary>Why it is left out, or read as it is, in a few words; null where that goes without saying.</summary>
    public string? Reason { get; init; }

    /// <summary>The option that changes it, as messages name options; null for none.</summary>
    public string? Remedy { get; init; }
}
