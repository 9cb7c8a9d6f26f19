using Credence.Files.Inputs;
using Credence.Files.Records;

namespace Credence.Files.Delimited;

/// <summary>A delimited text file, or one of plain lines, with its detected format.</summary>
internal sealed class DelimitedFile : IRecordFile
{
    private const int MostNotes = 12;
    private readonly ReadOptions options;
    private readonly DelimitedFormat format;

    private DelimitedFile(InputFile input, ReadOptions options, DelimitedFormat format, string[] names, IReadOnlyList<string> notes)
    {
        Input = input;
        this.options = options;
        this.format = format;
        Names = names;
        Notes = notes;
    }

    /// <inheritdoc/>
    public InputFile Input { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Names { get; }

    /// <inheritdoc/>
    public bool IsNamed => format.HasHeader;

    /// <inheritdoc/>
    public bool IsRectangular => true;

    /// <summary>Whether each line is one text.</summary>
    public bool IsLines => format.Separator is null;

    /// <inheritdoc/>
    public string Description => IsLines ? "lines of text" : "text with separators";

    /// <inheritdoc/>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Inspects the start of a file.</summary>
    /// <exception cref="InvalidDataException">There is nothing in it, or it is not text.</exception>
    public static DelimitedFile Guess(InputFile input, ReadOptions options, IReadOnlyCollection<string>? known)
    {
        (DelimitedFormat format, IReadOnlyList<string[]> sample, List<string> notes) = CsvDialectDetector.Detect(input, options, known);
        if (sample.Count == 0)
            throw new InvalidDataException($"{input.Name} is empty.");

        int width = format.Columns ?? sample.GroupBy(record => record.Length).OrderByDescending(group => group.Count()).First().Key;
        string[] names = format.HasHeader ? Header(input.Name, sample[0], notes) : Numbered(width, format.Separator is null);
        if (names.Length > options.MaxColumns)
            throw new InvalidDataException($"{input.Name} has more columns than the limit of {options.MaxColumns:N0}.");

        return new DelimitedFile(input, options, format, names, notes);
    }

    /// <summary>The records of a text.</summary>
    public static IRecords Open(TextReader text, string file, DelimitedFormat format, int suspectColumns) =>
        format.Separator is null || format.Columns is not null
            ? new LineRecords(text, file, format)
            : new DelimitedRecords(text, file, format, suspectColumns);

    /// <inheritdoc/>
    public IRecords Open(bool mistrustQuotes) =>
        Open(TextEncoding.Open(Input, format.Encoding), Input.Name, format, mistrustQuotes && options.Quote is null ? Names.Count : 0);

    /// <inheritdoc/>
    public IRecordFile? WithoutQuotes() => options.Quote is not null || format.Quote == DelimitedFormat.None
        ? null
        : new DelimitedFile(
            Input,
            options,
            format with { Quote = DelimitedFormat.None },
            [.. Names],
            [.. Notes, $"{Input.Name}: its quotes are unbalanced; " +
                $"they are read as ordinary characters ({ReadOptionNames.Quote})."]);

    private static string[] Numbered(int width, bool lines) =>
        lines ? ["text"] : [.. Enumerable.Range(1, width).Select(number => $"column {number}")];

    /// <summary>The names of the header, with empty names numbered and repeated names made unique.</summary>
    private static string[] Header(string file, string[] cells, List<string> notes)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        var copies = new Dictionary<string, int>(StringComparer.Ordinal);
        var names = new string[cells.Length];
        var renamed = new List<string>();
        for (int i = 0; i < cells.Length; i++)
        {
            string name = cells[i].Length == 0 ? $"column {i + 1}" : cells[i];
            int copy = copies.GetValueOrDefault(name, 1);
            names[i] = name;
            while (!used.Add(names[i]))
                names[i] = $"{name} ({++copy})";

            copies[name] = copy;
            if (names[i] != name)
                renamed.Add($"{file}: column {i + 1} is named '{NameDisplay.Shortened(name)}' like another column and is renamed to "
                    + $"'{NameDisplay.Shortened(names[i])}'.");
        }

        notes.AddRange(renamed.Take(MostNotes));
        if (renamed.Count > MostNotes)
            notes.Add($"{file}: {renamed.Count - MostNotes:N0} more columns are renamed, as others have their names.");

        return names;
    }
}
