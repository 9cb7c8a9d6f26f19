using System.Text;
using Credence.Files.Inputs;
using Credence.Files.Records;

namespace Credence.Files.Delimited;

/// <summary>Detects the dialect of a text from its start: leading comment lines, the separator, quotes, the header.</summary>
internal sealed class CsvDialectDetector
{
    private const int SampleRecords = 1000, LeastLines = 3, NamesWithin = 20;
    private static readonly char[] Separators = ['\t', ',', ';', '|'];

    private readonly string name;
    private readonly string head;
    private readonly ReadOptions options;
    private readonly ExpectedNames expected;
    private readonly List<string> notes = [];

    private CsvDialectDetector(InputFile file, ReadOptions options, IReadOnlyCollection<string>? known, Encoding encoding)
    {
        name = file.Name;
        this.options = options;
        expected = new ExpectedNames(options, known);
        head = HeadText(file, encoding, options.MaxRowLength);
    }

    /// <summary>The format of a file, with a note for each detection that may surprise.</summary>
    /// <param name="file">The file.</param>
    /// <param name="options">The read options, which override detection.</param>
    /// <param name="known">The column names of a model, or none: a first line with one of them is a header.</param>
    public static (DelimitedFormat Format, IReadOnlyList<string[]> Sample, List<string> Notes) Detect(
        InputFile file, ReadOptions options, IReadOnlyCollection<string>? known)
    {
        (Encoding encoding, string? note) = TextEncoding.Detect(file, options.Encoding);
        var guess = new CsvDialectDetector(file, options, known, encoding);
        if (note is not null)
            guess.notes.Add(note);

        var format = new DelimitedFormat
        {
            Encoding = encoding,
            Comment = options.Comment ?? DelimitedFormat.None,
            Quote = Quote(options.Quote),
            Columns = options.Columns,
            MaxRowLength = options.MaxRowLength,
        };

        if (format.Quote == '"' && BackslashedQuotes.AreIn(guess.head))
        {
            format = format with { IsBackslashed = true };
            guess.notes.Add($"{file.Name}: a quote within a quoted cell is written \\\" ({ReadOptionNames.Quote}).");
        }

        format = guess.WithSeparator(format);
        format = guess.WithoutPreamble(format);
        IReadOnlyList<string[]> sample = guess.Sample(format, SampleRecords);
        bool header = options.HasHeader ?? HeaderDetector.IsHeader(sample, guess.expected);
        guess.Say(format, header);
        return (format with { HasHeader = header }, sample, guess.notes);
    }

    /// <summary>The complete lines at the start of a file: those in its head, or more where a line is nearly as long as the head.</summary>
    public static string HeadText(InputFile file, Encoding encoding, int maxRowLength)
    {
        using TextReader text = StrayReturns.Over(
            file, new StreamReader(new MemoryStream(file.Head), Lenient(encoding), detectEncodingFromByteOrderMarks: true));
        string head = text.ReadToEnd();
        if (!file.IsAllHead && file.CanReopen && head.AsSpan().Count('\n') < LeastLines)
            head = LongLines(file, encoding, maxRowLength);

        int end = file.IsAllHead ? head.Length : head.LastIndexOf('\n') + 1;
        return end > 0 ? head[..end] : head;
    }

    private static string LongLines(InputFile file, Encoding encoding, int maxRowLength)
    {
        using TextReader lines = StrayReturns.Over(
            file, new StreamReader(file.Open(), Lenient(encoding), detectEncodingFromByteOrderMarks: true, 1 << 16));
        var read = new StringBuilder();
        var buffer = new char[1 << 16];
        int count, ends = 0;
        while (ends < LeastLines && read.Length <= maxRowLength && (count = lines.Read(buffer)) > 0)
        {
            read.Append(buffer, 0, count);
            ends += buffer.AsSpan(0, count).Count('\n');
        }

        // At the end of the file the last line is complete too.
        if (ends < LeastLines && read.Length <= maxRowLength)
            read.Append('\n');

        return read.ToString();
    }

    /// <summary>The separator of the options.</summary>
    public static char Separator(string asked) => asked switch
    {
        "tab" or "\\t" => '\t',
        "space" => ' ',
        "comma" => ',',
        "semicolon" => ';',
        [var one] when one < 128 && !char.IsLetterOrDigit(one) && one is not ('"' or '\n' or '\r' or DelimitedFormat.None) => one,
        _ => throw new ArgumentException(
            $"{ReadOptionNames.Separator} '{asked}' must be one ASCII character that is no letter, digit or quote, or 'tab' or 'space'."),
    };

    private static char Quote(string? asked) => asked switch
    {
        null => '"',
        "none" or "" => DelimitedFormat.None,
        [var one] when one < 128 && !char.IsLetterOrDigit(one) && !char.IsControl(one) => one,
        _ => throw new ArgumentException($"{ReadOptionNames.Quote} '{asked}' must be one ASCII character, or 'none'."),
    };

    /// <summary>The same encoding without exceptions, so that a head cut within a character can be inspected.</summary>
    private static Encoding Lenient(Encoding encoding)
    {
        var lenient = (Encoding)encoding.Clone();
        lenient.DecoderFallback = DecoderFallback.ReplacementFallback;
        return lenient;
    }

    private DelimitedFormat WithSeparator(DelimitedFormat format)
    {
        if (options.Separator is not null)
            return WithComments(format with { Separator = Separator(options.Separator) });

        if (options.Columns > 1)
        {
            throw new ArgumentException(
                $"{ReadOptionNames.Columns} needs {ReadOptionNames.Separator}, the character at which the line is split.");
        }

        if (StatedSeparator() is { } stated)
            return WithComments(format with { Separator = stated });

        if (options.Kind == "text" && options.Label is null)
            return WithComments(format with { Separator = null });

        DelimitedFormat best = Best(format, isBelowPreamble: false);
        if (best.Separator is null)
            best = Best(format, isBelowPreamble: true);

        if (best.Separator is null)
        {
            DelimitedFormat spaces = WithComments(format with { Separator = ' ' });
            IReadOnlyList<string[]> sample = Sample(spaces, SampleRecords);
            if (ShareOfUsualWidth(sample) > 0.99 && sample[^1].Count(cell => NumberParser.TryParse(cell, out _)) * 2 > sample[^1].Length)
                return spaces;
        }

        return best;
    }

    /// <summary>The separator that gives the most records the same number of cells; where a comma and a semicolon do, the one that leaves
    /// more numbers, since the comma may be the sign of decimals.</summary>
    private DelimitedFormat Best(DelimitedFormat format, bool isBelowPreamble)
    {
        DelimitedFormat best = WithComments(format with { Separator = null });
        double bestShare = 0.9, bestNumbers = 0;
        foreach (char separator in Separators)
        {
            if (IsTooWide(separator))
                continue;

            DelimitedFormat candidate = WithComments(format with { Separator = separator });
            List<string[]> cut = Sample(candidate, SampleRecords);
            double share = ShareOfUsualWidth(cut, isBelowPreamble), numbers = ShareOfNumbers(cut);
            if (share > 0 && cut.Take(NamesWithin).Any(record => record.Length > 1 && record.Any(expected.Has)))
                return candidate;

            bool isDecimalComma = separator == ';' && best.Separator == ',' && share >= bestShare && numbers > bestNumbers;
            if (share > bestShare || isDecimalComma)
                (best, bestShare, bestNumbers) = (candidate, share, numbers);
        }

        return best;
    }

    /// <summary>Whether a character comes so often in the only line that it can't be the separator of a table within the limit of columns;
    /// cutting that line would cost time and memory that grow with the square of its cells.</summary>
    private bool IsTooWide(char separator) =>
        head.AsSpan().Count('\n') < 2 && head.AsSpan().Count(separator) > options.MaxColumns;

    private static double ShareOfNumbers(List<string[]> sample) => sample.Count == 0 ? 0
        : sample.Average(record => record.Count(cell => NumberFormat.Of(cell) is not null) / (double)Math.Max(1, record.Length));

    /// <summary>The share of records with the most common number of cells; 0 where that number is 1.</summary>
    private static double ShareOfUsualWidth(IReadOnlyList<string[]> sample, bool isBelowPreamble = false)
    {
        if (sample.Count == 0)
            return 0;

        int[] widths = [.. sample.Select(record => record.Length)];
        int usual = Preamble.MostCommon(widths), above = isBelowPreamble ? Preamble.Narrow(widths) : 0;
        return usual < 2 ? 0 : (double)widths.Count(width => width == usual) / (widths.Length - above);
    }

    /// <summary>The separator that a first line such as <c>sep=;</c> states, as spreadsheets write it; null where there is none.</summary>
    private char? StatedSeparator()
    {
        ReadOnlySpan<char> line = FirstLine().Trim("\"\r");
        bool states = line.Length == 5 && line.StartsWith("sep=", StringComparison.OrdinalIgnoreCase);
        return options.SkipLines is null && states ? line[4] : null;
    }

    private ReadOnlySpan<char> FirstLine()
    {
        int end = head.IndexOf('\n', StringComparison.Ordinal);
        return head.AsSpan(0, end < 0 ? head.Length : end);
    }

    /// <summary>Skips what stands above the table and is no part of it, where that is clear.</summary>
    private DelimitedFormat WithoutPreamble(DelimitedFormat format)
    {
        if (options.SkipLines is not null || format.Separator is null || format.Columns is not null)
            return format;

        List<string[]> records = Sample(format, SampleRecords, out List<long> lines);
        int above = Preamble.Length(records, expected);
        return above == 0 ? format : format with { SkippedLines = (int)lines[above] - 1 };
    }

    /// <summary>Skips leading lines that begin with # or % and have another number of cells than the line that follows them.</summary>
    private DelimitedFormat WithComments(DelimitedFormat format)
    {
        if (options.SkipLines is { } stated)
            return format with { SkippedLines = stated };

        if (StatedSeparator() is not null)
            return format with { SkippedLines = 1 };

        if (options.Comment is not null)
            return format;

        int skipped = 0, leading = 0;
        int? commentWidth = null;
        foreach (ReadOnlySpan<char> line in head.AsSpan().EnumerateLines())
        {
            leading++;
            if (line.IsWhiteSpace())
                continue;

            int width = format.Separator is { } separator ? line.Count(separator) : 0;
            if (line[0] is '#' or '%')
            {
                skipped = leading;
                commentWidth = width;
                continue;
            }

            // A header may begin with '#'; then it has the columns of the next line.
            if (commentWidth == width && width > 0)
                skipped--;

            break;
        }

        // A text that has only such lines has no comments.
        return skipped < leading ? format with { SkippedLines = skipped } : format;
    }

    private List<string[]> Sample(DelimitedFormat format, int most) => Sample(format, most, out _);

    private List<string[]> Sample(DelimitedFormat format, int most, out List<long> lines)
    {
        List<string[]> records = Cut(format, most, out bool misquoted, out lines);
        return misquoted && options.Quote is null
            ? Cut(format with { Quote = DelimitedFormat.None }, most, out _, out lines) : records;
    }

    private List<string[]> Cut(DelimitedFormat format, int most, out bool misquoted, out List<long> lines)
    {
        var records = new List<string[]>();
        lines = [];
        misquoted = false;
        try
        {
            using IRecords reader = DelimitedFile.Open(new StringReader(head), name, format, 0);
            while (records.Count < most && reader.Next())
            {
                var cells = new string[Math.Min(reader.Fields, options.MaxColumns)];
                for (int field = 0; field < cells.Length; field++)
                    cells[field] = reader.Text(field).ToString();

                records.Add(cells);
                lines.Add(reader.Line);
            }
        }
        catch (MisquotedException)
        {
            misquoted = true;
        }

        return records;
    }

    private void Say(DelimitedFormat format, bool header)
    {
        if (options.Separator is null)
        {
            notes.Add(format.Separator is { } separator
                ? $"{name}: cells are separated by {Spoken(separator)} ({ReadOptionNames.Separator})."
                : $"{name}: no separator; each line is one text ({ReadOptionNames.Separator}).");
        }

        if (options.HasHeader is null && format.Separator is not null)
        {
            notes.Add(header
                ? $"{name}: the first line names the columns ({ReadOptionNames.HasHeader} = false)."
                : $"{name}: no header; columns are named by number ({ReadOptionNames.HasHeader} = true).");
        }

        if (format.SkippedLines > 0 && options.SkipLines is null)
        {
            bool isOne = format.SkippedLines == 1, isComment = FirstLine()[0] is '#' or '%';
            notes.Add(isComment
                ? $"{name}: {(isOne ? "the first line is a comment" : $"the first {format.SkippedLines} lines are comments")} "
                    + $"({ReadOptionNames.Comment})."
                : $"{name}: {(isOne ? "the first line is" : $"the first {format.SkippedLines} lines are")} no part of the table "
                    + $"({ReadOptionNames.SkipLines}).");
        }
    }

    private static string Spoken(char separator) => separator switch
    {
        '\t' => "tabs",
        ',' => "commas",
        ';' => "semicolons",
        ' ' => "spaces",
        _ => $"'{separator}'",
    };
}
