using Credence.Files.Inputs;
using Credence.Files.Records;
using Parquet;
using Parquet.Schema;

namespace Credence.Files.Columnar;

/// <summary>A Parquet file: its columns of single values; columns of lists are left out.</summary>
internal sealed class ParquetFile : IRecordFile
{
    private readonly ReadOptions options;
    private readonly IReadOnlyList<ParquetField> fields;

    private ParquetFile(InputFile input, ReadOptions options, IReadOnlyList<ParquetField> fields, IReadOnlyList<string> notes)
    {
        Input = input;
        this.options = options;
        this.fields = fields;
        Names = [.. fields.Select(NameOf)];
        Notes = notes;
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

    /// <summary>Whether bytes are the start of such a file.</summary>
    public static bool IsMagic(ReadOnlySpan<byte> head) => head.StartsWith("PAR1"u8);

    /// <summary>Reads the file's description of its columns.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or has no column that can be read.</exception>
    public static ParquetFile Guess(InputFile input, ReadOptions options)
    {
        ParquetField[] all = Schema(input);
        ParquetField[] fields = [.. all.Where(field => field.IsReadable)];
        string[] others = [.. all.Except(fields).Select(NameOf)];
        if (fields.Length == 0)
            throw new InvalidDataException($"{input.Name} has no column of single values: {NameDisplay.List(others)}.");

        if (fields.Length > options.MaxColumns)
            throw new InvalidDataException($"{input.Name} has {fields.Length:N0} columns, above the limit of {options.MaxColumns:N0}.");

        if (fields.Select(NameOf).Distinct(StringComparer.Ordinal).Count() < fields.Length)
            throw new InvalidDataException($"{input.Name} is damaged: two columns have the same name.");

        string[] notes = others.Length == 0 ? []
            : [$"{input.Name}: columns of lists or of unknown type are left out: {NameDisplay.List(others)}."];
        return new ParquetFile(input, options, fields, notes);
    }

    /// <inheritdoc/>
    public IRecords Open(bool mistrustQuotes) =>
        new ParquetRecords(OpenReader(Input, out Stream stream, out _), stream, Input, fields, options);

    /// <inheritdoc/>
    public IRecordFile? WithoutQuotes() => null;

    /// <summary>Runs an action that damage in the file can make fail in many ways.</summary>
    /// <exception cref="InvalidDataException">It failed.</exception>
    public static T Guarded<T>(InputFile input, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception error) when (error is not (OutOfMemoryException or OperationCanceledException or InvalidDataException))
        {
            throw new InvalidDataException(
                $"{input.Name} is damaged, or written in a way that can't be read: {NameDisplay.Shortened(error.Message, 200)}", error);
        }
    }

    private static ParquetField[] Schema(InputFile input)
    {
        ParquetReader reader = OpenReader(input, out _, out bool[] halves);
        try
        {
            return Guarded(input, () =>
            {
                DataField[] fields = reader.Schema.GetDataFields();
                return fields.Select((field, i) => new ParquetField(field, halves.Length == fields.Length && halves[i])).ToArray();
            });
        }
        finally
        {
            reader.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    private static ParquetReader OpenReader(InputFile input, out Stream stream, out bool[] halves)
    {
        Stream opened = stream = input.Open();
        try
        {
            if (!opened.CanSeek)
                throw new InvalidDataException(
                    $"{input.Name} is a Parquet file inside gzip, which compresses its columns itself. Unpack it first.");

            ParquetCheck.Footer(opened, input.Name);
            ParquetReader reader = Guarded(input, () => ParquetReader.CreateAsync(opened, leaveStreamOpen: false).GetAwaiter().GetResult());
            halves = Guarded(input, () => ParquetHalves.Unmark(reader.Metadata!));
            return reader;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    private static string NameOf(ParquetField field) => field.Field.Path.ToString().Replace(ParquetSchema.PathSeparatorChar, '.');
}
