using Credence.Files.Inputs;

namespace Credence.Files.Columnar;

/// <summary>Validates the lengths of a column's pages before they are unpacked: a false one would take hours, or more memory than there
/// is.</summary>
internal static class ParquetCheck
{
    /// <summary>Checks the pages of a column in a row group.</summary>
    /// <returns>The pages, the bytes that they unpack to, and their values.</returns>
    /// <exception cref="InvalidDataException">A page is not within the file, has more values than there are rows, or unpacks to more than
    /// the limits.</exception>
    public static (IReadOnlyList<ParquetPage> Pages, long Unpacked, int Values) Pages(
        ParquetGroup group, ParquetLeaf leaf, Stream stream, string name, ReadOptions options)
    {
        ParquetChunk chunk = group.Chunks[leaf.Index];
        if (chunk.Refusal is { } refusal)
            throw new InvalidDataException($"{name}: column '{NameDisplay.Shortened(leaf.Name)}' {refusal}.");

        long at = chunk.Start, end = at + chunk.Length;
        if (at < 4 || chunk.Length < 0 || end < at || end > stream.Length)
            throw Damaged($"claims bytes {at:N0} to {end:N0} of a file of {stream.Length:N0}");

        if (chunk.Type != leaf.Element.Type)
            throw Damaged("has another type in a row group than in the schema");

        var pages = new List<ParquetPage>();
        var limit = new UnpackLimit($"{name}, column '{NameDisplay.Shortened(leaf.Name)}',", options.MaxUnpackRatio, () => chunk.Length);
        long unpacked = 0, values = 0;
        while (at < end && values < chunk.Values)
        {
            ParquetPage page = ParquetPage.Read(stream, at, end) ?? throw Damaged("has a page without a valid header");
            if (page.Packed < 0 || page.Unpacked < 0 || page.Packed > end - page.Start || page.Unpacked > options.MaxArrayBytes - unpacked
                || page.Packed > Array.MaxLength || page.Unpacked > Array.MaxLength)
            {
                throw Damaged($"has a page of {page.Packed:N0} bytes that unpacks to {page.Unpacked:N0}; its pages may take "
                    + $"{options.MaxArrayBytes:N0} in all");
            }

            at = page.Start + page.Packed;
            unpacked += page.Unpacked;
            limit.Check(unpacked);
            if (page.Values < 0 || page.DefinitionBytes < 0 || page.RepetitionBytes < 0
                || page.DefinitionBytes + page.RepetitionBytes > page.Packed)
                throw Damaged("has a page without a valid header");

            // A value of a dictionary takes a byte or more, but for booleans.
            if (page.Kind == ParquetPage.Dictionary && page.Values > 8 * Math.Max(1, page.Unpacked))
                throw Damaged($"has a dictionary of {page.Values:N0} values in {page.Unpacked:N0} bytes");

            values += page.IsData ? page.Values : 0;
            long most = leaf.MaxRepetition == 0 ? group.Rows : int.MaxValue / 2;
            if (values > most)
                throw Damaged($"has pages of {values:N0} values in a row group of {group.Rows:N0} rows");

            pages.Add(page);
        }

        if (values != chunk.Values || (leaf.MaxRepetition == 0 && values != group.Rows))
            throw Damaged($"has pages of {values:N0} values in a row group of {group.Rows:N0} rows");

        return (pages, unpacked, (int)values);

        InvalidDataException Damaged(string how) => new($"{name} is damaged: column '{NameDisplay.Shortened(leaf.Name)}' {how}.");
    }
}
