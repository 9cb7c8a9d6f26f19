using Credence.Files.Arrays;
using Credence.Files.Inputs;
using Credence.Files.Media;

namespace Credence.Files.Formats;

/// <summary>What a file is.</summary>
internal enum FileFormat
{
    Text,
    JsonLines,
    JsonList,
    Parquet,
    Arrays,
    Idx,
    Image,
    Audio,
}

/// <summary>Tells files' formats from how they begin.</summary>
internal static class FileFormats
{
    /// <summary>The format of a file of data.</summary>
    /// <exception cref="InvalidDataException">It is a JSON document where lines of objects are needed.</exception>
    public static FileFormat Detect(InputFile file) => Sniffed(file) is var format and not FileFormat.JsonList
        ? format
        : throw new InvalidDataException($"{file.Name} is one JSON list; a JSON object in each line is needed, such as {{\"text\": \"…\", \"label\": \"…\"}}.");

    /// <summary>The format of any file.</summary>
    public static FileFormat Sniffed(InputFile file)
    {
        ReadOnlySpan<byte> head = file.Head;
        if (head.StartsWith("PAR1"u8))
            return FileFormat.Parquet;
        if (ArrayFile.IsMagic(head))
            return FileFormat.Arrays;
        if (IdxFormat.IsMagic(head))
            return FileFormat.Idx;
        if (ImageFile.IsMagic(head))
            return FileFormat.Image;
        if (WavFormat.IsMagic(head))
            return FileFormat.Audio;

        string ending = Path.GetExtension(file.Name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? file.Name[..^3] : file.Name).ToLowerInvariant();
        ReadOnlySpan<byte> text = head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? head[3..] : head;
        text = text.TrimStart(" \t\r\n"u8);
        if (ending is ".json" or ".jsonl" or ".ndjson" && text.StartsWith("["u8))
            return FileFormat.JsonList;

        bool isObject = text.StartsWith("{\""u8) || text.StartsWith("{ \""u8);
        return ending is ".json" or ".jsonl" or ".ndjson" || isObject ? FileFormat.JsonLines : FileFormat.Text;
    }

    /// <summary>A format as messages say it.</summary>
    public static string Spoken(FileFormat format) => format switch
    {
        FileFormat.Text => "text",
        FileFormat.JsonLines => "JSON lines",
        FileFormat.JsonList => "one JSON list",
        FileFormat.Parquet => "Parquet",
        FileFormat.Arrays => "npz",
        FileFormat.Idx => "idx",
        FileFormat.Image => "a picture",
        _ => "a sound",
    };
}
