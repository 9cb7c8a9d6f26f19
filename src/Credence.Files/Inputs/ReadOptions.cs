using Credence.Data;
using Credence.Files.Records;

namespace Credence.Files.Inputs;

/// <summary>How data is read. Everything left null is detected from the data, and reported in <see cref="IRowSource.Notes"/>.
/// A column is given by its exact name, or else by its 1-based number, negative from the end.</summary>
public sealed record ReadOptions
{
    /// <summary>The kind of rows: table, text, image, audio or interactions.</summary>
    public string? Kind { get; init; }

    /// <summary>The column of the label.</summary>
    public string? Label { get; init; }

    /// <summary>A file that holds the labels, in the order of the rows: idx, csv, npz, or one per line.</summary>
    public string? LabelsFile { get; init; }

    /// <summary>A regular expression with a group named <c>label</c>, and perhaps <c>group</c> and <c>text</c>, matched on the file's name
    /// or the line.</summary>
    public string? LabelPattern { get; init; }

    /// <summary>The separator of several labels of one row.</summary>
    public string? LabelSeparator { get; init; }

    /// <summary>A file of names, one per line, of integer labels; the first line is 0.</summary>
    public string? LabelNames { get; init; }

    /// <summary>A column to read as free text, whatever it looks like.</summary>
    public string? Text { get; init; }

    /// <summary>Columns to leave out.</summary>
    public IReadOnlyList<string> Drop { get; init; } = [];

    /// <summary>Columns to read as categories, whatever they look like.</summary>
    public IReadOnlyList<string> Category { get; init; } = [];

    /// <summary>Columns to read as numbers, whatever they look like.</summary>
    public IReadOnlyList<string> Number { get; init; } = [];

    /// <summary>The column of the rows' weights, numbers of at least 0.</summary>
    public string? Weight { get; init; }

    /// <summary>The column whose equal values mark rows that stay together in a split.</summary>
    public string? Group { get; init; }

    /// <summary>Columns carried through to the predictions, their cells as they are written; they may be columns of the model
    /// too.</summary>
    public IReadOnlyList<string> Keep { get; init; } = [];

    /// <summary>The positive one of two labels; it becomes the second class.</summary>
    public string? Positive { get; init; }

    /// <summary>The label of rows without a true class, which an evaluation of scores leaves out; null takes −1 and −100 for it where
    /// labels are numbers, as PyTorch and scikit-learn do.</summary>
    public string? IgnoreLabel { get; init; }

    /// <summary>The array of an npz file that holds the scores; null finds it by its name.</summary>
    public string? Array { get; init; }

    /// <summary>The column that says which part of a split a row is in.</summary>
    public string? SplitColumn { get; init; }

    /// <summary>The column of the time by which rows are split.</summary>
    public string? SplitByTime { get; init; }

    /// <summary>The separator of columns: one character, or <c>tab</c> or <c>space</c>.</summary>
    public string? Separator { get; init; }

    /// <summary>The number of columns a line has; it is split at the first <c>Columns</c> − 1 separators only.</summary>
    public int? Columns { get; init; }

    /// <summary>Whether the first line is a header.</summary>
    public bool? HasHeader { get; init; }

    /// <summary>Lines to skip before the header or the first row; null to detect them.</summary>
    public int? SkipLines { get; init; }

    /// <summary>How the data that a model was trained on were laid out; rows for the model are read the same way. Null where there is no
    /// model.</summary>
    public DataLayout? Layout { get; init; }

    /// <summary>The text's encoding: utf-8, utf-16, utf-16be, windows-1252 or latin1.</summary>
    public string? Encoding { get; init; }

    /// <summary>The sign of decimals in numbers, a point or a comma; the other may set thousands apart. Null detects it.</summary>
    public char? Decimal { get; init; }

    /// <summary>The order of day, month and year in dates of numbers: <c>dmy</c>, <c>mdy</c> or <c>ymd</c>. Null detects it.</summary>
    public string? DateOrder { get; init; }

    /// <summary>Cells that mean a value is missing, beside the empty one and NA, N/A, ?, NaN, nan, null and NULL; a list of one empty text
    /// leaves only the empty cell. Those of <see cref="Layout"/> count too; what contradicts them is refused.</summary>
    public IReadOnlyList<string>? Missing { get; init; }

    /// <summary>The character that begins a comment line.</summary>
    public char? Comment { get; init; }

    /// <summary>The quote character around cells that may hold separators, or <c>none</c>.</summary>
    public string? Quote { get; init; }

    /// <summary>The maximum number of characters in a row of text.</summary>
    public int MaxRowLength { get; init; } = 16 << 20;

    /// <summary>The maximum number of columns.</summary>
    public int MaxColumns { get; init; } = 100_000;

    /// <summary>The memory that the work may take, in bytes; null for all there is. Rows that are kept may take half of it, since the work
    /// on them needs about as much again. The need is estimated from the rows that were read, not from the file's size.</summary>
    public long? MaxMemoryBytes { get; init; }

    /// <summary>The columns that <see cref="Label"/> may name: itself, and where it has commas, each part.</summary>
    internal IReadOnlyList<string> LabelColumns() => Label is null ? []
        : Label.Contains(',', StringComparison.Ordinal) ? [Label, .. Label.Split(',', StringSplitOptions.TrimEntries)] : [Label];

    /// <summary>The memory that the work may take, in bytes: <see cref="MaxMemoryBytes"/>, or all there is.</summary>
    public long MemoryLimit() => MaxMemoryBytes ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    /// <summary>The maximum unpacked size of a compressed file, in bytes.</summary>
    public long MaxUnpackedBytes { get; init; } = 1L << 36;

    /// <summary>How many times its packed size compressed data may unpack to, once that is more than 256 MB.</summary>
    public int MaxUnpackRatio { get; init; } = 200;

    /// <summary>The maximum size of an array, an image or a sound in memory, in bytes.</summary>
    public long MaxArrayBytes { get; init; } = 1L << 34;

    /// <summary>The maximum number of pixels in an image.</summary>
    public int MaxPixels { get; init; } = 64 << 20;

    /// <summary>The maximum number of samples of a sound.</summary>
    public int MaxSamples { get; init; } = 64 << 20;

    /// <summary>How many pictures, sounds or texts may be left out because they can't be read; each is named in a note. With one more
    /// nothing is read.</summary>
    public int SkipBad { get; init; }

    /// <summary>The maximum number of files in a folder.</summary>
    public int MaxFiles { get; init; } = 2_000_000;
}
