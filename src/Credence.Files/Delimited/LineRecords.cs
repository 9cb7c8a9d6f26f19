using Credence.Files.Inputs;
using Credence.Files.Records;

namespace Credence.Files.Delimited;

/// <summary>The lines of a text: each one cell, or split at its first separators. Blank lines are skipped.</summary>
internal sealed class LineRecords : IRecords
{
    private readonly BoundedLines lines;
    private readonly DelimitedFormat format;
    private readonly Range[] cells;
    private string line = "";

    /// <summary>Starts at the first record, after the header.</summary>
    /// <param name="text">The text; this object disposes of it.</param>
    /// <param name="file">The file's name for messages.</param>
    /// <param name="format">The dialect.</param>
    public LineRecords(TextReader text, string file, DelimitedFormat format)
    {
        this.format = format;
        lines = new BoundedLines(text, file, format.MaxRowLength);
        cells = new Range[format.Separator is null ? 1 : format.Columns ?? 1];
        for (int i = 0; i < format.SkippedLines; i++)
            lines.Read();

        if (format.HasHeader)
            Next();
    }

    /// <inheritdoc/>
    public int Fields { get; private set; }

    /// <inheritdoc/>
    public long Line => lines.Number;

    /// <summary>The whole line.</summary>
    public string Whole => line;

    /// <inheritdoc/>
    public bool Next()
    {
        while (lines.Read() is { } read)
        {
            if (string.IsNullOrWhiteSpace(read) || (read[0] == format.Comment && format.Comment != DelimitedFormat.None))
                continue;

            line = read;
            Fields = format.Separator is { } separator && cells.Length > 1 ? Split(separator) : Single();
            return true;
        }

        return false;
    }

    /// <inheritdoc/>
    public ReadOnlySpan<char> Text(int field) => field < Fields ? line.AsSpan()[cells[field]].Trim() : [];

    /// <inheritdoc/>
    public bool TryNumber(int field, out double number) => NumberParser.TryParse(Text(field), out number);

    /// <inheritdoc/>
    public void Dispose() => lines.Dispose();

    private int Single()
    {
        cells[0] = ..;
        return 1;
    }

    private int Split(char separator)
    {
        int from = 0;
        for (int field = 0; field < cells.Length - 1; field++)
        {
            int length = line.AsSpan(from).IndexOf(separator);
            if (length < 0)
            {
                cells[field] = from..;
                return field + 1;
            }

            cells[field] = from..(from + length);
            from += length + 1;
        }

        cells[^1] = from..;
        return cells.Length;
    }
}
