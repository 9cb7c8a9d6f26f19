using Credence.Data.Columns;

namespace Credence.Data;

/// <summary>How properties of objects become columns, labels, weights and groups.</summary>
public sealed record ObjectOptions
{
    /// <summary>Properties that become no column, such as an identifier.</summary>
    public IReadOnlyCollection<string> Except { get; init; } = [];

    /// <summary>The kind of some columns: a number that is a code can be a <see cref="ColumnKind.Category"/>, a string a
    /// <see cref="ColumnKind.Text"/>. The others follow the property's type, strings what they hold.</summary>
    public IReadOnlyDictionary<string, ColumnKind> Kinds { get; init; } = new Dictionary<string, ColumnKind>();

    /// <summary>The property that tells how much each row counts; null for all alike.</summary>
    public string? Weight { get; init; }

    /// <summary>The property that tells which rows belong together (a person, a document), and stay on one side of a split; null where
    /// none do.</summary>
    public string? Group { get; init; }
}
