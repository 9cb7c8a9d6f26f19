using Credence.Files.Inputs;
using Credence.Files.Records;

namespace Credence.Files.Columnar;

/// <summary>A Parquet file: its columns of single values, and of lists that are all of one length, a column for each position.</summary>
internal sealed class ParquetFile : IRecordFile
{
    private readonly ReadOptions options;
    private readonly ParquetFooter footer;
    private readonly IReadOnlyList<ParquetField> fields;

    private ParquetFile(InputFile input, ReadOptions options, ParquetFooter footer, ParquetFields found)
    {
        Input = input;
        this.options = options;
        this.footer = footer;
        fields = found.Read;
        Names = [.. fields.Select(field => field.Name)];
        Notes = found.Notes(input.Name);
    }

    /// <inheritdoc/>
    public InputFile Input { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Names { get; }

    /// <inheritdoc/>
    public bool IsNamed => true;

    /// <inheritdoc/>
    public bool IsRectangular => true;

    /// <inheritdoc/>
    public string Description => "Parquet";

    /// <inheritdoc/>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Whether bytes are the start of such a file, encrypted ones too.</summary>
    public static bool IsMagic(ReadOnlySpan<byte> head) => head.StartsWith("PAR1"u8) || head.StartsWith("PARE"u8);

    /// <summary>Reads the file's description of its columns.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or has no column that can be read.</exception>
    public static ParquetFile Guess(InputFile input, ReadOptions options)
    {
        using Stream stream = OpenStream(input);
        ParquetFooter footer = ParquetFooter.Read(stream, input.Name);
        ParquetFields found = ParquetFields.Of(footer, stream, input, options);
        if (found.Read.Count == 0)
        {
            throw new InvalidDataException(found.LeftOut.Count == 0 ? $"{input.Name} has no columns."
                : $"{input.Name} has no column that can be read: {string.Join("; ", found.LeftOut)}.");
        }

        if (found.Read.Count > options.MaxColumns)
            throw new InvalidDataException($"{input.Name} has {found.Read.Count:N0} columns, above the limit of {options.MaxColumns:N0}.");

        if (found.Read.Select(field => field.Name).Distinct(StringComparer.Ordinal).Count() < found.Read.Count)
            throw new InvalidDataException($"{input.Name} is damaged: two columns have the same name.");

        return new ParquetFile(input, options, footer, found);
    }

    /// <inheritdoc/>
    public IRecords Open(bool mistrustQuotes) => OpenRecords();

    /// <summary>Reads the rows from the first.</summary>
    public ParquetRecords OpenRecords() => new(footer, OpenStream(Input), Input, fields, options);

    /// <inheritdoc/>
    public IRecordFile? WithoutQuotes() => null;

    /// <summary>Runs an action that damage in the file can make fail in many ways.</summary>
    /// <exception cref="InvalidDataException">It failed: the message names the file and the column.</exception>
    public static T Guarded<T>(InputFile input, string column, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (InvalidDataException error) when (error.Message.StartsWith(input.Name, StringComparison.Ordinal))
        {
            throw;
        }
        catch (Exception error) when (error is not (OutOfMemoryException or InsufficientMemoryException or OperationCanceledException))
        {
            throw new InvalidDataException($"{input.Name}: column '{NameDisplay.Shortened(column)}' is damaged, or written in a way that "
                + $"can't be read: {NameDisplay.Shortened(error.Message, 200)}. {WayOut(column)}", error);
        }
    }

    /// <summary>What to do about a column that can't be read, in a message.</summary>
    public static string WayOut(string column) =>
        $"Set {ReadOptionNames.Drop} to '{NameDisplay.Shortened(column)}' to leave the column out.";

    /// <summary>Opens the file where it can seek.</summary>
    /// <exception cref="InvalidDataException">It is inside gzip.</exception>
    public static Stream OpenStream(InputFile input)
    {
        Stream stream = input.Open();
        if (stream.CanSeek)
            return stream;

        stream.Dispose();
        throw new InvalidDataException($"{input.Name} is a Parquet file inside gzip, which compresses its columns itself. "
            + "Unpack it first.");
    }
}
