namespace Credence.Files.Columnar;

/// <summary>Where the value of each row, or of each position of its list, is among those of a column that are there.</summary>
internal static class ParquetPlaces
{
    /// <summary>The position of each value, [rows, width], −1 where it is missing; null where all are there in order.</summary>
    /// <param name="leaf">The column.</param>
    /// <param name="vector">Its values.</param>
    /// <param name="rows">The rows of the group.</param>
    /// <param name="width">The length of each list, or 1.</param>
    /// <exception cref="InvalidDataException">A list has another length.</exception>
    public static int[]? Of(ParquetLeaf leaf, ParquetVector vector, int rows, int width)
    {
        if (vector.Definitions is not { } definitions)
            return null;

        if (vector.Values.Count == definitions.Length && definitions.Length == (long)rows * width
            && (vector.Repetitions is null || Lengths(leaf, vector).All(length => length == width)))
            return null;

        var places = new int[rows * width];
        Array.Fill(places, -1);
        int row = -1, position = 0, at = 0;
        for (int i = 0; i < definitions.Length; i++)
        {
            if (vector.Repetitions is null || vector.Repetitions[i] == 0)
            {
                Whole();
                (row, position) = (row + 1, 0);
                if (row >= rows)
                    throw new InvalidDataException($"it has more than {rows:N0} rows");
            }

            if (leaf.MaxRepetition > 0 && definitions[i] < leaf.ListDefinition)
                continue;

            if (row < 0 || position >= width)
                throw Odd();

            if (definitions[i] == leaf.MaxDefinition)
                places[(row * width) + position] = at++;

            position++;
        }

        Whole();
        return row == rows - 1 ? places : throw new InvalidDataException($"it has {row + 1:N0} of {rows:N0} rows");

        void Whole()
        {
            if (leaf.MaxRepetition > 0 && position > 0 && position < width)
                throw Odd();
        }

        InvalidDataException Odd() => new($"the list in row {row + 1:N0} of a row group has not {width:N0} values as those before it");
    }

    /// <summary>The length of each list; 0 where it is empty or missing.</summary>
    public static IEnumerable<int> Lengths(ParquetLeaf leaf, ParquetVector vector)
    {
        if (vector.Repetitions is not { } repetitions)
            yield break;

        int length = -1;
        for (int i = 0; i < repetitions.Length; i++)
        {
            if (repetitions[i] == 0)
            {
                if (length >= 0)
                    yield return length;

                length = 0;
            }

            length += vector.Definitions![i] >= leaf.ListDefinition ? 1 : 0;
        }

        if (length >= 0)
            yield return length;
    }
}
