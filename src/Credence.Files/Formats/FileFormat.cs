using Credence.Data.Scores;
using Credence.Files.Arrays;
using Credence.Files.Inputs;
using Credence.Files.Media;
using Credence.Files.Records;

namespace Credence.Files.Formats;

/// <summary>A format of files: how it is told from others, and what reads it. The entry of a format in <see cref="FileFormats"/>.</summary>
/// <param name="Spoken">The format as messages say it.</param>
/// <param name="Fits">Whether a file is of it.</param>
internal sealed record FileFormat(string Spoken, FormatTest Fits)
{
    /// <summary>The extensions that messages offer.</summary>
    public IReadOnlyList<string> Extensions { get; init; } = [];

    /// <summary>Why no rows are read from such a file, after its name; null where they are.</summary>
    public string? Refusal { get; init; }

    /// <summary>Opens it as a file of records; null where it is none.</summary>
    public RecordReader? Records { get; init; }

    /// <summary>Whether its records can be read in one pass where the columns are known.</summary>
    public bool IsOnePass { get; init; }

    /// <summary>Reads all of its arrays; null where it holds none.</summary>
    public Func<InputFile, ReadOptions, IReadOnlyList<ArrayValues>>? Arrays { get; init; }

    /// <summary>What such a file is where it is one row; null where it is not.</summary>
    public MediaKind? Media { get; init; }

    /// <summary>The extensions of such files in a folder.</summary>
    public IReadOnlyList<string> MediaExtensions { get; init; } = [];

    /// <summary>Reads scores; null where it can't hold any.</summary>
    public Func<InputFile, ReadOptions, ScoreKind?, ScoreTable>? Scores { get; init; }

    /// <summary>Reads an array of labels; null where they are read as text.</summary>
    public Func<InputFile, ReadOptions, ArrayValues>? Labels { get; init; }
}

/// <summary>Whether a file is of a format.</summary>
/// <param name="head">How it begins.</param>
/// <param name="extension">Its name's extension, lower case, without that of gzip: <c>.json</c>.</param>
internal delegate bool FormatTest(ReadOnlySpan<byte> head, string extension);

/// <summary>Opens a file of records.</summary>
/// <param name="input">The file.</param>
/// <param name="options">The options; what they leave null is detected.</param>
/// <param name="known">The names of the columns that are needed; null where all are.</param>
internal delegate IRecordFile RecordReader(InputFile input, ReadOptions options, IReadOnlyCollection<string>? known);
