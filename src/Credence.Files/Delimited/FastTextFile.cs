using Credence.Files.Inputs;
using Credence.Files.Records;

namespace Credence.Files.Delimited;

/// <summary>A file of lines as fastText reads them: labels that begin with <c>__label__</c>, then the text (Joulin and others
/// 2016).</summary>
internal sealed class FastTextFile : IRecordFile
{
    /// <summary>What a label begins with.</summary>
    public const string Prefix = "__label__";

    private const string LabelColumn = "label", Between = " ";
    private readonly DelimitedFormat format;

    private FastTextFile(InputFile input, ReadOptions options)
    {
        Input = input;
        (System.Text.Encoding encoding, string? note) = TextEncoding.Detect(input, options.Encoding);
        format = new DelimitedFormat
        {
            Encoding = encoding,
            Comment = options.Comment ?? DelimitedFormat.None,
            HasHeader = options.HasHeader ?? false,
            SkippedLines = options.SkipLines ?? 0,
            MaxRowLength = options.MaxRowLength,
        };
        using (var records = new FastTextRecords(Lines()))
        {
            while (records.Next() && !HasSeveral)
                HasSeveral = records.Labels > 1;
        }

        string said = $"{input.Name}: the labels are the words that begin with {Prefix}{(HasSeveral ? ", several in a line" : "")} "
            + $"({ReadOptionNames.Kind} = 'text' reads whole lines).";
        Notes = [.. new[] { note, said }.OfType<string>()];
    }

    /// <inheritdoc/>
    public InputFile Input { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Names => ["text", LabelColumn];

    /// <inheritdoc/>
    public bool IsNamed => true;

    /// <inheritdoc/>
    public bool IsRectangular => true;

    /// <inheritdoc/>
    public string Description => "lines of text with their labels";

    /// <inheritdoc/>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Whether some line has more than one label.</summary>
    private bool HasSeveral { get; }

    /// <summary>Whether a file begins with such a label.</summary>
    public static bool Fits(ReadOnlySpan<byte> head) =>
        (head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? head[3..] : head).StartsWith("__label__"u8);

    /// <summary>Opens the file; as a text with separators where an option names its columns, or reads whole lines.</summary>
    public static IRecordFile Guess(InputFile input, ReadOptions options, IReadOnlyCollection<string>? known) =>
        options.Label is null or LabelColumn && options.Separator is null && options.Kind is null
            ? new FastTextFile(input, options) : DelimitedFile.Guess(input, options, known);

    /// <summary>The options with the labels' place.</summary>
    public static ReadOptions Labelled(IReadOnlyList<IRecordFile> files, ReadOptions options)
    {
        FastTextFile[] those = [.. files.OfType<FastTextFile>()];
        return those.Length == 0 || options.LabelsFile is not null ? options : options with
        {
            Label = LabelColumn,
            Text = options.Text ?? "text",
            LabelSeparator = options.LabelSeparator ?? (those.Any(file => file.HasSeveral) ? Between : null),
        };
    }

    /// <inheritdoc/>
    public IRecords Open(bool mistrustQuotes) => new FastTextRecords(Lines());

    /// <inheritdoc/>
    public IRecordFile? WithoutQuotes() => null;

    private LineRecords Lines() => new(TextEncoding.Open(Input, format.Encoding), Input.Name, format);
}
