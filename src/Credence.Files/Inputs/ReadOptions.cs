using Credence.Files.Records;

namespace Credence.Files.Inputs;

/// <summary>How data is read. Everything left null is guessed from the data, and the guess is said in <see cref="IRowSource.Notes"/>.
/// A column is meant by its exact name, or else by its 1-based number, negative from the end.</summary>
public sealed record ReadOptions
{
    /// <summary>What the rows are: table, text, image, audio or interactions.</summary>
    public string? Kind { get; init; }

    /// <summary>The column of the label.</summary>
    public string? Label { get; init; }

    /// <summary>A file that holds the labels, in the order of the rows: idx, csv, npz, or one per line.</summary>
    public string? LabelsFile { get; init; }

    /// <summary>A regular expression with a group named <c>label</c>, and perhaps <c>group</c> and <c>text</c>, matched on the file's name or the line.</summary>
    public string? LabelPattern { get; init; }

    /// <summary>What stands between several labels of one row.</summary>
    public string? LabelSeparator { get; init; }

    /// <summary>A file of names, one per line, that labels which are whole numbers stand for; the first line is 0.</summary>
    public string? LabelNames { get; init; }

    /// <summary>A column to read as free text, whatever it looks like.</summary>
    public string? Text { get; init; }

    /// <summary>Columns to leave out.</summary>
    public IReadOnlyList<string> Drop { get; init; } = [];

    /// <summary>The column of the rows' weights, numbers of at least 0.</summary>
    public string? Weight { get; init; }

    /// <summary>The column whose equal values mark rows that stay together in a split.</summary>
    public string? Group { get; init; }

    /// <summary>Of two labels the one that counts as positive; it becomes the second class.</summary>
    public string? Positive { get; init; }

    /// <summary>The column that says which part of a split a row is in.</summary>
    public string? SplitColumn { get; init; }

    /// <summary>The column of the time by which rows are split.</summary>
    public string? SplitByTime { get; init; }

    /// <summary>What stands between two columns: one character, or <c>tab</c> or <c>space</c>.</summary>
    public string? Separator { get; init; }

    /// <summary>The number of columns a line has; it is split at the first <c>Columns</c> − 1 separators only.</summary>
    public int? Columns { get; init; }

    /// <summary>Whether the first line names the columns.</summary>
    public bool? HasHeader { get; init; }

    /// <summary>The text's encoding: utf-8, utf-16, utf-16be or latin1.</summary>
    public string? Encoding { get; init; }

    /// <summary>Cells that mean a value is missing, beside the empty one and NA, N/A, ?, NaN, nan, null and NULL; a list of one empty text
    /// leaves only the empty cell.</summary>
    public IReadOnlyList<string>? Missing { get; init; }

    /// <summary>The character that begins a line which is no data.</summary>
    public char? Comment { get; init; }

    /// <summary>The character round a cell that may hold separators, or <c>none</c>.</summary>
    public string? Quote { get; init; }

    /// <summary>The most characters a row of text may have.</summary>
    public int MaxRowLength { get; init; } = 16 << 20;

    /// <summary>The most columns a row may have.</summary>
    public int MaxColumns { get; init; } = 100_000;

    /// <summary>The most bytes a compressed file may unpack to.</summary>
    public long MaxUnpackedBytes { get; init; } = 1L << 36;

    /// <summary>The most bytes of an array, an image or a sound that is held in memory as a whole.</summary>
    public long MaxArrayBytes { get; init; } = 1L << 34;

    /// <summary>The most pixels an image may have.</summary>
    public int MaxPixels { get; init; } = 64 << 20;

    /// <summary>The most files a folder may have.</summary>
    public int MaxFiles { get; init; } = 2_000_000;
}
