using Credence.Numerics;

namespace Credence.Data.Columns;

/// <summary>Copies selected rows out of row-major arrays.</summary>
internal static class Gather
{
    private const int PieceValues = 1 << 18;

    /// <summary>Whether the selection is all rows in their order: an immutable object then needs no copy.</summary>
    public static bool IsAll(ReadOnlySpan<int> rows, int count)
    {
        if (rows.Length != count)
            return false;

        for (int i = 0; i < count; i++)
        {
            if (rows[i] != i)
                return false;
        }

        return true;
    }

    /// <summary>The selected rows of a column of single values.</summary>
    public static T[] Rows<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> rows)
    {
        var chosen = new T[rows.Length];
        for (int i = 0; i < rows.Length; i++)
            chosen[i] = values[rows[i]];

        return chosen;
    }

    /// <summary>The chosen rows of a [rows, width] matrix.</summary>
    public static T[] Rows<T>(T[] values, ReadOnlySpan<int> rows, int width)
        where T : unmanaged
    {
        T[] chosen = LargeArray.Uninitialized<T>(checked(rows.Length * width));
        if (chosen.Length <= PieceValues)
            Copy(values, rows, width, chosen);
        else
        {
            int[] all = rows.ToArray();
            int size = Math.Max(1, PieceValues / width);
            Chunks.For(Chunks.Count(all.Length, size), 0, piece =>
            {
                int from = piece * size, to = Math.Min(all.Length, from + size);
                Copy(values, all.AsSpan(from..to), width, chosen.AsSpan(from * width, (to - from) * width));
            });
        }

        return chosen;
    }

    /// <summary>The chosen rows of a [rows, width] matrix, one after the other.</summary>
    public static void Copy<T>(T[] values, ReadOnlySpan<int> rows, int width, Span<T> chosen)
    {
        for (int i = 0; i < rows.Length; i++)
            values.AsSpan(checked(rows[i] * width), width).CopyTo(chosen.Slice(i * width, width));
    }
}
