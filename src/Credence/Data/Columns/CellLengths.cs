namespace Credence.Data.Columns;

/// <summary>Checks that a column's arrays fit together, before a row is looked for where there is none.</summary>
internal static class CellLengths
{
    /// <summary>Offsets that begin with 0, never fall, and end with the number of elements.</summary>
    /// <param name="starts">Rows + 1 offsets.</param>
    /// <param name="elements">The number of elements.</param>
    /// <exception cref="ArgumentException">They are not such offsets.</exception>
    public static int[] Starts(int[] starts, int elements)
    {
        ArgumentNullException.ThrowIfNull(starts);
        if (starts.Length == 0 || starts[0] != 0 || starts[^1] != elements)
            throw new ArgumentException($"'{nameof(starts)}' must begin with 0 and end with the {elements} elements.", nameof(starts));

        for (int row = 0; row + 1 < starts.Length; row++)
        {
            if (starts[row + 1] < starts[row])
                throw new ArgumentException($"'{nameof(starts)}' falls from {starts[row]} to {starts[row + 1]} at row {row}.",
                    nameof(starts));
        }

        return starts;
    }

    /// <summary>As many elements as the shape says.</summary>
    /// <exception cref="ArgumentException">There are more or fewer, or a length is negative.</exception>
    public static T[] Shaped<T>(T[] values, params ReadOnlySpan<int> shape)
    {
        ArgumentNullException.ThrowIfNull(values);
        long needed = 1;
        foreach (int length in shape)
            needed = length >= 0 ? checked(needed * length) : throw new ArgumentException($"A length is {length}; it must be 0 or more.");

        return values.Length == needed ? values : throw new ArgumentException(
            $"'{nameof(values)}' has length {values.Length}, needs {string.Join(" × ", shape.ToArray())} = {needed}.", nameof(values));
    }
}
