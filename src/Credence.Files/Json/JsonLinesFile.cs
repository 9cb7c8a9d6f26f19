using Credence.Files.Inputs;
using Credence.Files.Records;

namespace Credence.Files.Json;

/// <summary>A file with one JSON object per line, or one list of them.</summary>
internal sealed class JsonLinesFile : IRecordFile
{
    private readonly ReadOptions options;

    private JsonLinesFile(InputFile input, ReadOptions options, IReadOnlyList<string> names)
    {
        Input = input;
        this.options = options;
        Names = names;
    }

    /// <inheritdoc/>
    public InputFile Input { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Names { get; }

    /// <inheritdoc/>
    public bool IsNamed => true;

    /// <inheritdoc/>
    public bool IsRectangular => false;

    /// <inheritdoc/>
    public string Description => IsList(Input.Head) ? "JSON" : "JSON lines";

    /// <inheritdoc/>
    public IReadOnlyList<string> Notes => [];

    /// <summary>Whether a file has such lines, by its name or its first object.</summary>
    public static bool Fits(ReadOnlySpan<byte> head, string extension) =>
        IsJson(extension) || IsList(head) || Trimmed(head).StartsWith("{\""u8) || Trimmed(head).StartsWith("{ \""u8);

    /// <summary>Whether the text begins as a list of objects, or is one of nothing.</summary>
    private static bool IsList(ReadOnlySpan<byte> head)
    {
        ReadOnlySpan<byte> trimmed = Trimmed(head);
        return trimmed.StartsWith("["u8) && trimmed[1..].TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)']', ..];
    }

    /// <summary>Detects the fields' names, by a pass over the file where no model gives them.</summary>
    /// <exception cref="InvalidDataException">A line is not a JSON object.</exception>
    public static JsonLinesFile Guess(InputFile input, ReadOptions options, IReadOnlyCollection<string>? known)
    {
        var names = new List<string>();
        using (var records =
            new JsonLinesRecords(Lines(input, options), input.Name, options, names, learnsNames: true, skipsLists: known is not null))
        {
            bool hasRows = false;

            // Only the names matter here.
            while (records.Next())
                hasRows = true;

            if (!hasRows)
                throw new InvalidDataException($"{input.Name} is empty.");
        }

        return new JsonLinesFile(input, options, names);
    }

    /// <inheritdoc/>
    public IRecords Open(bool mistrustQuotes) =>
        new JsonLinesRecords(Lines(Input, options), Input.Name, options, [.. Names], learnsNames: false);

    /// <inheritdoc/>
    public IRecordFile? WithoutQuotes() => null;

    private static bool IsJson(string extension) => extension is ".json" or ".jsonl" or ".ndjson";

    private static ReadOnlySpan<byte> Trimmed(ReadOnlySpan<byte> head) =>
        (head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? head[3..] : head).TrimStart(" \t\r\n"u8);

    private static BoundedLines Lines(InputFile input, ReadOptions options)
    {
        if (!IsList(input.Head) && Trimmed(input.Head).StartsWith("["u8))
        {
            throw new InvalidDataException($"{input.Name} is one JSON list of other values than objects; a list of objects is needed, or "
                + "one object per line, such as {\"text\": \"…\", \"label\": \"…\"}.");
        }

        TextReader text = TextEncoding.Open(input, TextEncoding.Detect(input, options.Encoding ?? "utf-8").Encoding);
        return new BoundedLines(IsList(input.Head) ? new JsonListText(text, input.Name) : text, input.Name, options.MaxRowLength);
    }
}
