using Credence.Files.Inputs;
using Credence.Files.Records;
using Sylvan.Data.Csv;

namespace Credence.Files.Delimited;

/// <summary>The records of a text with separators, with quoted cells unquoted. Blank lines are skipped.</summary>
internal sealed class DelimitedRecords : IRecords
{
    private const string NoQuotes = $"Set {ReadOptionNames.Quote} to 'none' to read quotes as ordinary characters.";
    private readonly string file;
    private readonly CsvDataReader csv;
    private readonly DelimitedFormat format;
    private readonly int suspectColumns;
    private long nextLine;

    /// <summary>Starts at the first record, after the header.</summary>
    /// <param name="text">The text; this object disposes of it.</param>
    /// <param name="file">The file's name for messages.</param>
    /// <param name="format">The dialect.</param>
    /// <param name="suspectColumns">The number of columns, to report quotes that enclose whole lines as an error; 0 to accept such
    /// quotes.</param>
    public DelimitedRecords(TextReader text, string file, DelimitedFormat format, int suspectColumns = 0)
    {
        this.file = file;
        this.format = format;
        this.suspectColumns = suspectColumns;
        for (int i = 0; i < format.SkippedLines; i++)
            SkipLine(text);

        nextLine = format.SkippedLines + 1;
        try
        {
            csv = CsvDataReader.Create(text, new CsvDataReaderOptions
            {
                HasHeaders = false,
                Delimiter = format.Separator,
                Quote = format.Quote,
                Escape = format.IsBackslashed ? '\\' : format.Quote,
                Comment = format.Comment,
                CommentHandler = new Action<CsvDataReader, string>((_, _) => nextLine++),
                BufferSize = 1 << 16,
                MaxBufferSize = Math.Max(1 << 16, format.MaxRowLength),
            });
        }
        catch (CsvFormatException error)
        {
            throw Malformed(error);
        }

        if (format.HasHeader)
            Next();
    }

    /// <inheritdoc/>
    public int Fields => csv.RowFieldCount;

    /// <inheritdoc/>
    public long Line { get; private set; }

    /// <inheritdoc/>
    public bool Next()
    {
        while (true)
        {
            Line = nextLine;
            try
            {
                if (!csv.Read())
                    return false;
            }
            catch (CsvRecordTooLargeException)
            {
                throw new MisquotedException(
                    $"{file} line {Line}: the row is longer than the limit of {format.MaxRowLength:N0} characters. " +
                    $"Is a quote not closed? {NoQuotes}");
            }
            catch (CsvFormatException error)
            {
                throw Malformed(error);
            }

            ReadOnlySpan<char> record = csv.GetRawRecordSpan();
            int lines = record.Count('\n');
            nextLine += Math.Max(1, lines);
            if (lines > 3 && suspectColumns > 1 && SwallowsLines(record))
                throw new MisquotedException($"{file} line {Line}: a quote that opens here encloses {lines - 1} whole lines.");

            if (csv.RowFieldCount > 1 || !record.IsWhiteSpace())
                return true;
        }
    }

    /// <inheritdoc/>
    public ReadOnlySpan<char> Text(int field) => field < csv.RowFieldCount ? csv.GetFieldSpan(field).Trim() : [];

    /// <inheritdoc/>
    public bool TryNumber(int field, out double number) => NumberParser.TryParse(Text(field), out number);

    /// <inheritdoc/>
    public void Dispose() => csv.Dispose();

    /// <summary>Whether every line inside a record, but the first and the last, has as many separators as a record of its own.</summary>
    private bool SwallowsLines(ReadOnlySpan<char> record)
    {
        ReadOnlySpan<char> inner = record.TrimEnd("\r\n");
        inner = inner[(inner.IndexOf('\n') + 1)..Math.Max(inner.IndexOf('\n') + 1, inner.LastIndexOf('\n'))];
        foreach (ReadOnlySpan<char> line in inner.EnumerateLines())
        {
            if (line.Count(format.Separator!.Value) != suspectColumns - 1)
                return false;
        }

        return true;
    }

    /// <summary>Skips one line, which detection has read, so that it is short.</summary>
    private static void SkipLine(TextReader text)
    {
        int c;
        do
            c = text.Read();
        while (c >= 0 && c != '\n');
    }

    private MisquotedException Malformed(CsvFormatException error) => new(
        $"{file} line {nextLine}: a quoted cell " +
        $"{(error is CsvInvalidCharacterException ? "has text after its closing quote, or is never closed" : "is malformed")}. {NoQuotes}");
}
