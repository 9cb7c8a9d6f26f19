using Credence.Data;
using Credence.Files.Inputs;

namespace Credence.Workflows;

/// <summary>Refuses work on rows in memory that would need more than there is, before it begins. What it needs was measured: 102 million
/// rows of two columns and two classes 11 GB, 40,000 rows of 5,000 classes 5.2 GB.</summary>
internal static class MemoryNeed
{
    /// <summary>The bytes of a row beside its cells, and those of a row in each class: its logit, its probability, and copies.</summary>
    private const long BytesPerRow = 40, BytesPerScore = 32;

    /// <summary>Checks work on rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="reading">The read options with the limit.</param>
    /// <exception cref="InsufficientMemoryException">They need too much.</exception>
    public static void Check(Table rows, int classes, ReadOptions reading)
    {
        long need = (rows.Rows * (BytesPerRow + (BytesPerScore * classes))) + (2 * rows.Columns.Sum(column => column.Bytes));
        long limit = reading.MemoryBytes;
        if (need > limit)
        {
            throw new InsufficientMemoryException($"{rows.Rows:N0} rows of {rows.Columns.Count:N0} columns and {classes:N0} classes need about "
                + $"{Megabytes(need)} of memory, above the limit of {Megabytes(limit)}. Read fewer rows or columns, or "
                + $"set {nameof(ReadOptions)}.{nameof(ReadOptions.MaxMemoryBytes)} higher.");
        }
    }

    private static string Megabytes(long bytes) => FormattableString.Invariant($"{bytes / 1e6:#,0} MB");
}
