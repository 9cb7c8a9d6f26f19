using Credence.Data;
using Credence.Files.Delimited;
using Credence.Files.Inputs;
using Credence.Files.Records;

namespace Credence.Files.Patterns;

/// <summary>A file of lines with a label in each.</summary>
internal sealed class PatternFile(InputFile input, ReadOptions options, LabelPattern pattern) : IRecordFile
{
    private readonly DelimitedFormat format = new()
    {
        Encoding = TextEncoding.Detect(input, options.Encoding).Encoding,
        Comment = options.Comment ?? DelimitedFormat.None,
        HasHeader = options.HasHeader ?? false,
        SkippedLines = options.SkipLines ?? 0,
        MaxRowLength = options.MaxRowLength,
    };

    /// <inheritdoc/>
    public InputFile Input => input;

    /// <inheritdoc/>
    public IReadOnlyList<string> Names => pattern.HasGroup ? ["text", "label", "group"] : ["text", "label"];

    /// <inheritdoc/>
    public bool IsNamed => true;

    /// <inheritdoc/>
    public bool IsRectangular => true;

    /// <inheritdoc/>
    public string Description => "lines of text with their labels";

    /// <inheritdoc/>
    public IReadOnlyList<string> Notes { get; } =
        [
            .. new[]
            {
                TextEncoding.Detect(input, options.Encoding).Note,
                $"{input.Name}: the label is in each line ({ReadOptionNames.LabelPattern}).",
            }.OfType<string>(),
        ];

    /// <summary>Whether the first lines of a file have a label each.</summary>
    public bool FitsHead()
    {
        using var lines = new LineRecords(new StringReader(CsvDialectDetector.HeadText(input, format.Encoding, format.MaxRowLength)),
            input.Name, format);
        int seen = 0;
        while (seen < 100 && lines.Next())
        {
            seen++;
            if (!pattern.TryMatch(lines.Whole, new RowPlace(input.Name, lines.Line), out _))
                return false;
        }

        return seen > 0;
    }

    /// <inheritdoc/>
    public IRecords Open(bool mistrustQuotes) =>
        new PatternRecords(new LineRecords(TextEncoding.Open(input, format.Encoding), input.Name, format), input.Name, pattern);

    /// <inheritdoc/>
    public IRecordFile? WithoutQuotes() => null;
}
