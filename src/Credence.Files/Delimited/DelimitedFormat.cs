using System.Text;

namespace Credence.Files.Delimited;

/// <summary>The dialect of a text file: how it is split into records and cells.</summary>
internal sealed record DelimitedFormat
{
    /// <summary>Stands for no quote and no comment: a character that does not occur in text.</summary>
    public const char None = '\u001F';

    /// <summary>The encoding.</summary>
    public required Encoding Encoding { get; init; }

    /// <summary>The separator of cells; null where a line is one cell.</summary>
    public char? Separator { get; init; }

    /// <summary>The quote character around cells, or <see cref="None"/>.</summary>
    public char Quote { get; init; } = '"';

    /// <summary>Whether a quote within a quoted cell has a backslash before it; otherwise it is doubled.</summary>
    public bool IsBackslashed { get; init; }

    /// <summary>The character that begins a comment line, or <see cref="None"/>.</summary>
    public char Comment { get; init; } = None;

    /// <summary>Lines before the first record or the header.</summary>
    public int SkippedLines { get; init; }

    /// <summary>Whether the first record is a header.</summary>
    public bool HasHeader { get; init; }

    /// <summary>The columns a line is split into at the first separators; null where it is split at every one.</summary>
    public int? Columns { get; init; }

    /// <summary>The maximum number of characters in a record.</summary>
    public int MaxRowLength { get; init; } = 16 << 20;
}
