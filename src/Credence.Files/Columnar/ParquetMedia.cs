using Credence.Files.Inputs;
using Credence.Files.Media;
using Credence.Files.Records;

namespace Credence.Files.Columnar;

/// <summary>Pictures and sounds in a column of bytes of a Parquet file, as the Hugging Face library for data sets keeps them, with the
/// labels in another column.</summary>
internal static class ParquetMedia
{
    private const string UsualLabel = "label";

    /// <summary>Reads them all.</summary>
    /// <returns>Null where no column has pictures or sounds.</returns>
    /// <exception cref="InvalidDataException">A row has none.</exception>
    /// <exception cref="ArgumentException">An option asks for what such a file has not.</exception>
    public static MediaTable? Read(InputFile input, ReadOptions options)
    {
        using Stream stream = ParquetFile.OpenStream(input);
        ParquetFooter footer = ParquetFooter.Read(stream, input.Name);
        if (Find(footer, stream, input, options) is not ({ } leaf, { } kind))
            return null;

        (string? Value, string Name)[] unused =
        [
            (options.Weight, ReadOptionNames.Weight), (options.Group, ReadOptionNames.Group),
            (options.SplitColumn, ReadOptionNames.SplitColumn), (options.SplitByTime, ReadOptionNames.SplitByTime),
            (options.Text, ReadOptionNames.Text), (options.LabelPattern, ReadOptionNames.LabelPattern),
            (options.LabelSeparator, ReadOptionNames.LabelSeparator),
        ];
        if (Array.Find(unused, option => option.Value is not null) is { Value: not null } asked)
            throw new ArgumentException($"{asked.Name} can't be used with {input.Name}: it has a column of {Spoken(kind)}.");

        ParquetFields others = ParquetFields.Of(footer, stream, input, options);
        string[] names = [.. others.Read.Select(field => field.Name)];
        int label = options.LabelsFile is not null ? -1
            : options.Label is not null ? ColumnRoles.Find(input.Name, names, options.Label, ReadOptionNames.Label, isLenient: false)
            : names.IndexOf(UsualLabel);
        (byte[][] contents, string[]? labels) = Rows(footer, leaf, label < 0 ? null : others.Read[label], input, options);
        var notes = new List<string> { $"{input.Name}: the {Spoken(kind)} of column '{NameDisplay.Shortened(leaf.Name)}' are read." };
        if (label >= 0 && options.Label is null)
            notes.Add($"{input.Name}: the labels are column '{UsualLabel}' ({ReadOptionNames.Label}).");

        return new MediaTable(
            kind, contents, [.. contents.Select((_, row) => $"{input.Name} row {row + 1}")],
            label < 0 ? null : names[label], labels, notes);
    }

    private static (byte[][] Contents, string[]? Labels) Rows(
        ParquetFooter footer, ParquetLeaf leaf, ParquetField? label, InputFile input, ReadOptions options)
    {
        var memory = new RowMemory(options);
        var contents = new List<byte[]>();
        var labels = new List<string>();
        long bytes = 0;
        ParquetField media = new(leaf, leaf.Name, 0, 1, null);
        using var records = new ParquetRecords(
            footer, ParquetFile.OpenStream(input), input, label is null ? [media] : [media, label], options);
        while (records.Next())
        {
            contents.Add(records.Bytes(0)?.ToArray() ?? throw new InvalidDataException(
                $"{new Data.RowPlace(input.Name, records.Line)} has nothing in column '{NameDisplay.Shortened(leaf.Name)}'."));
            bytes += contents[^1].Length;
            memory.Check(bytes, () => $"{input.Name}: the {contents.Count:N0} files in its rows so far");
            if (label is not null)
                labels.Add(records.Text(1).ToString());
        }

        return ([.. contents], label is null ? null : [.. labels]);
    }

    private static (ParquetLeaf? Leaf, MediaKind? Kind) Find(ParquetFooter footer, Stream stream, InputFile input, ReadOptions options)
    {
        foreach (ParquetLeaf leaf in footer.Leaves)
        {
            if (leaf is not { Element: { Kind: ParquetKind.Bytes, Type: ParquetElement.ByteArray }, MaxRepetition: 0, Opaque: null }
                || ParquetFields.First(footer, leaf, stream, input, options) is not { } vector)
                continue;

            ReadOnlySpan<byte> first = vector.Values.Bytes[0].Span;
            if (ImageFile.IsMagic(first))
                return (leaf, MediaKind.Image);

            if (WavFormat.IsMagic(first))
                return (leaf, MediaKind.Audio);
        }

        return (null, null);
    }

    private static string Spoken(MediaKind kind) => kind == MediaKind.Image ? "pictures" : "sounds";
}
