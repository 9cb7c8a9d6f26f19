using System.Text.Unicode;
using Credence.Files.Inputs;

namespace Credence.Files.Columnar;

/// <summary>The columns that a Parquet file has as a table, and those that are left out.</summary>
/// <param name="Read">The columns that are read.</param>
/// <param name="LeftOut">The others, each with the reason.</param>
internal sealed record ParquetFields(IReadOnlyList<ParquetField> Read, IReadOnlyList<string> LeftOut)
{
    /// <summary>Decides by the types; of lists, and of bytes that no type describes, by the first rows that have some.</summary>
    public static ParquetFields Of(ParquetFooter footer, Stream stream, InputFile input, ReadOptions options)
    {
        var read = new List<ParquetField>();
        var leftOut = new List<string>();
        IReadOnlyDictionary<string, IReadOnlyList<string>> names = HuggingFaceNotes.LabelNames(footer.Notes);
        foreach (ParquetLeaf leaf in footer.Leaves)
        {
            string shown = $"'{NameDisplay.Shortened(leaf.Name)}'";
            if (leaf.Opaque is { } opaque)
                leftOut.Add($"{shown} is part of {opaque}");
            else if (leaf.MaxRepetition > 1)
                leftOut.Add($"{shown} has lists of lists");
            else if (leaf.Element.Kind == ParquetKind.Other)
                leftOut.Add($"{shown} has a type that is not read");
            else if (leaf.Element.Kind == ParquetKind.Bytes && !IsText(footer, leaf, stream, input, options))
                leftOut.Add($"{shown} has bytes that are not text");
            else if (leaf.MaxRepetition == 0)
                read.Add(new ParquetField(leaf, leaf.Name, 0, 1, names.GetValueOrDefault(leaf.Name)));
            else if (ListLength(footer, leaf, stream, input, options) is not (> 0 and int length))
                leftOut.Add($"{shown} has lists of different lengths");
            else if (read.Count + (long)length > options.MaxColumns)
                throw new InvalidDataException($"{input.Name}: column {shown} has lists of {length:N0} values, and there may be "
                    + $"{options.MaxColumns:N0} columns.");
            else
                read.AddRange(Enumerable.Range(0, length)
                    .Select(i => new ParquetField(leaf, $"{leaf.Name}[{i}]", i, length, names.GetValueOrDefault(leaf.Name))));
        }

        return new ParquetFields(read, leftOut);
    }

    /// <summary>What is left out, and what became of lists, in messages.</summary>
    public IReadOnlyList<string> Notes(string file)
    {
        var notes = new List<string>();
        foreach (ParquetField field in Read.Where(field => field.ListLength > 1 && field.Position == 0))
        {
            string shown = NameDisplay.Shortened(field.Leaf.Name);
            notes.Add($"{file}: the lists of column '{shown}' are read as the columns '{shown}[0]' to "
                + $"'{shown}[{field.ListLength - 1}]'.");
        }

        if (LeftOut.Count > 0)
            notes.Add($"{file}: these columns are left out: {string.Join("; ", LeftOut.Take(12))}"
                + $"{(LeftOut.Count > 12 ? $" and {LeftOut.Count - 12} more" : "")}.");

        return notes;
    }

    private static bool IsText(ParquetFooter footer, ParquetLeaf leaf, Stream stream, InputFile input, ReadOptions options)
    {
        if (First(footer, leaf, stream, input, options) is not { } vector)
            return true;

        for (int i = 0; i < vector.Values.Count; i++)
        {
            ReadOnlySpan<byte> bytes = vector.Values.Bytes[i].Span;
            if (!Utf8.IsValid(bytes) || bytes.ContainsAnyInRange((byte)0, (byte)8))
                return false;
        }

        return true;
    }

    private static int ListLength(ParquetFooter footer, ParquetLeaf leaf, Stream stream, InputFile input, ReadOptions options)
    {
        if (First(footer, leaf, stream, input, options) is not { } vector)
            return 0;

        int[] lengths = [.. ParquetPlaces.Lengths(leaf, vector).Where(length => length > 0).Distinct().Take(2)];
        return lengths.Length == 1 ? lengths[0] : 0;
    }

    /// <summary>The values of the first row group that has some.</summary>
    public static ParquetVector? First(ParquetFooter footer, ParquetLeaf leaf, Stream stream, InputFile input, ReadOptions options)
    {
        for (int group = 0; group < footer.Groups.Count; group++)
        {
            if (ParquetRecords.Vector(footer, group, leaf, stream, input, options, new RowMemoryCheck(input, options).Check) is
                { Values.Count: > 0 } vector)
                return vector;
        }

        return null;
    }

    private sealed class RowMemoryCheck(InputFile input, ReadOptions options)
    {
        private readonly RowMemory memory = new(options);

        public void Check(long bytes) => memory.Check(bytes, () => $"{input.Name}: a column of a row group");
    }
}
