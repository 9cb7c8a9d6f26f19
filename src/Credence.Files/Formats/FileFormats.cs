using Credence.Files.Arrays;
using Credence.Files.Columnar;
using Credence.Files.Delimited;
using Credence.Files.Inputs;
using Credence.Files.Json;
using Credence.Files.Media;
using Credence.Files.Records;

namespace Credence.Files.Formats;

/// <summary>The registry of formats. A new format is its reader and one line here.</summary>
internal static class FileFormats
{
    /// <summary>All formats. The last that fits a file is its format; text is the fallback.</summary>
    public static IReadOnlyList<FileFormat> All { get; } =
    [
        new("text", (_, _) => true)
            { Extensions = ["csv"], Records = DelimitedFile.Guess, Scores = (file, by, _) => TextScores.Read(file, by) },
        new("lines with fastText's labels", (head, _) => FastTextFile.Fits(head))
            { Records = FastTextFile.Guess, Scores = (file, by, _) => TextScores.Read(file, by) },
        new("JSON lines", JsonLinesFile.Fits)
        {
            Extensions = ["jsonl"],
            Records = JsonLinesFile.Guess,
            Scores = (file, by, _) => RecordScores.Read(JsonLinesFile.Guess(file, by, null), by),
        },
        new("Parquet", (head, _) => ParquetFile.IsMagic(head))
        {
            Extensions = ["parquet"],
            Records = (file, options, _) => ParquetFile.Guess(file, options),
            MediaTable = ParquetMedia.Read,
            Scores = (file, by, _) => RecordScores.Read(ParquetFile.Guess(file, by), by),
        },
        new("npz", (head, _) => ArrayFile.IsMagic(head))
            { Extensions = ["npz"], Arrays = ArrayFile.ReadAll, Scores = ArrayScores.Read, Labels = ArrayLabels.Find },
        new("idx", (head, _) => IdxFormat.IsMagic(head))
        {
            Extensions = ["idx"],
            Arrays = IdxFormat.ReadAll,
            Labels = (file, options) => IdxFormat.Read(file, RowMemory.OfArrays(options)),
        },
        new("a picture", (head, _) => ImageFile.IsMagic(head))
        {
            Extensions = ["png", "jpg", "bmp", "webp", "gif", "tiff"],
            Media = MediaKind.Image,
            MediaExtensions = ["png", "jpg", "jpeg", "bmp", "webp", "gif", "tif", "tiff"],
        },
        new("a sound", (head, _) => WavFormat.IsMagic(head)) { Extensions = ["wav"], Media = MediaKind.Audio, MediaExtensions = ["wav"] },
        new("a text that is one row", (_, _) => false) { Media = MediaKind.Text, MediaExtensions = ["txt"] },
    ];

    /// <summary>The extensions of files that are a row each, in a message: <c>png, jpg, bmp, webp, gif, tiff, wav or txt</c>.</summary>
    public static string OfferedMedia
    {
        get
        {
            string[] offered = [.. All.Where(format => format.Media is not null)
                .SelectMany(format => format.Extensions.Count > 0 ? format.Extensions : format.MediaExtensions)];
            return $"{string.Join(", ", offered[..^1])} or {offered[^1]}";
        }
    }

    /// <summary>The format of any file.</summary>
    public static FileFormat Detect(InputFile file)
    {
        string ending = Path.GetExtension(file.Name);
        string name = Packing.Endings.Contains(ending, StringComparer.OrdinalIgnoreCase) ? file.Name[..^ending.Length] : file.Name;
        string extension = Path.GetExtension(name).ToLowerInvariant();
        return All.Last(format => format.Fits(file.Head, extension));
    }

    /// <summary>The format of a file of rows.</summary>
    /// <exception cref="InvalidDataException">It is empty, or has a format from which no rows can be read.</exception>
    public static FileFormat OfRows(InputFile file)
    {
        if (file.Head.Length == 0)
            throw new InvalidDataException($"{file.Name} is empty.");

        FileFormat format = Detect(file);
        return format.Refusal is null ? format : throw new InvalidDataException($"{file.Name} {format.Refusal}");
    }

    /// <summary>The kind of media of a file in a folder, by its extension; null where it is not media.</summary>
    /// <param name="path">The file's path.</param>
    public static MediaKind? OfRow(string path) =>
        All.FirstOrDefault(format => format.MediaExtensions.Contains(Path.GetExtension(path).ToLowerInvariant().TrimStart('.')))?.Media;
}
