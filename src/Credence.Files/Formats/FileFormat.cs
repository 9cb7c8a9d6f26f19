using Credence.Data.Scores;
using Credence.Files.Arrays;
using Credence.Files.Inputs;
using Credence.Files.Media;
using Credence.Files.Records;

namespace Credence.Files.Formats;

/// <summary>A file format: how it is detected, and its readers. The entry of a format in <see cref="FileFormats"/>.</summary>
/// <param name="Spoken">The format's name in messages.</param>
/// <param name="Fits">Whether a file has the format.</param>
internal sealed record FileFormat(string Spoken, FormatTest Fits)
{
    /// <summary>The extensions that messages offer.</summary>
    public IReadOnlyList<string> Extensions { get; init; } = [];

    /// <summary>Why no rows can be read from such a file, as a message after its name; null where they can.</summary>
    public string? Refusal { get; init; }

    /// <summary>Opens it as a file of records; null where it is none.</summary>
    public RecordReader? Records { get; init; }

    /// <summary>Reads all of its arrays; null where it holds none.</summary>
    public Func<InputFile, ReadOptions, IReadOnlyList<ArrayValues>>? Arrays { get; init; }

    /// <summary>Reads the pictures or sounds that a column of it holds, with their labels, or null where no column has any; null where
    /// such a file can't hold any.</summary>
    public Func<InputFile, ReadOptions, MediaTable?>? MediaTable { get; init; }

    /// <summary>The kind of media where such a file is one row; null where it is not.</summary>
    public MediaKind? Media { get; init; }

    /// <summary>The extensions of such files in a folder.</summary>
    public IReadOnlyList<string> MediaExtensions { get; init; } = [];

    /// <summary>Reads scores; null where it can't hold any.</summary>
    public Func<InputFile, ReadOptions, ScoreKind?, ScoreTable>? Scores { get; init; }

    /// <summary>Reads an array of labels; null where labels are read as text.</summary>
    public Func<InputFile, ReadOptions, ArrayValues>? Labels { get; init; }
}

/// <summary>Whether a file has a format.</summary>
/// <param name="head">The file's first bytes.</param>
/// <param name="extension">Its name's extension, lower case, without that of gzip: <c>.json</c>.</param>
internal delegate bool FormatTest(ReadOnlySpan<byte> head, string extension);

/// <summary>Opens a file of records.</summary>
/// <param name="input">The file.</param>
/// <param name="options">The read options; what they leave null is detected.</param>
/// <param name="known">The names of the columns that are needed; null where all are.</param>
internal delegate IRecordFile RecordReader(InputFile input, ReadOptions options, IReadOnlyCollection<string>? known);
