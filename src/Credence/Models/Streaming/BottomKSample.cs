using Credence.Data;
using Credence.Data.Columns;

namespace Credence.Models.Streaming;

/// <summary>
/// Keeps rows whose key, a hash of their content, is below a limit, up to a capacity: where there are too many, the limit falls to the
/// key that leaves enough. The kept rows depend on the rows, not on their order (bottom-k sampling; E. Cohen, H. Kaplan, 2007), and rows
/// with equal keys
/// are kept or dropped together.
/// </summary>
internal sealed class BottomKSample(double fraction, int capacity)
{
    private readonly List<(DataSet Rows, ulong[] Keys)> pieces = [];
    private int count;

    /// <summary>The maximum size of the kept columns, in bytes.</summary>
    private const long MostBytes = 1 << 28;

    /// <summary>Rows with keys below this are kept.</summary>
    public ulong Limit { get; private set; } = fraction >= 1 ? ulong.MaxValue : (ulong)(fraction * 18446744073709551616.0);

    /// <summary>The maximum number of rows kept, which is lowered where the first rows are large.</summary>
    public int Capacity { get; private set; } = capacity;

    /// <summary>Adds the rows of a chunk whose keys are below the limit.</summary>
    /// <param name="chunk">The rows.</param>
    /// <param name="offered">The candidate rows.</param>
    /// <param name="keys">The key of every row.</param>
    public void Offer(DataSet chunk, IReadOnlyList<int> offered, ulong[] keys)
    {
        int[] chosen = [.. offered.Where(row => keys[row] < Limit)];
        if (chosen.Length == 0)
            return;

        if (count == 0)
        {
            long bytes = chunk.Features.Columns.Sum(column => column.Bytes) / chunk.Rows;
            Capacity = (int)Math.Clamp(MostBytes / Math.Max(1, bytes), 1, Capacity);
        }

        pieces.Add((WithoutOtherNames(chunk.Select(chosen)), [.. chosen.Select(row => keys[row])]));
        count += chosen.Length;
        if (count > Capacity + (Capacity / 4) + 64)
            Shrink();
    }

    /// <summary>The kept rows with their places and keys; null where there are none.</summary>
    /// <param name="keep">Whether rows of the class of that name are kept.</param>
    public (Table Features, string?[] Labels, double[]? Weights, RowPlaces? Places, ulong[] Keys)? Take(Func<string, bool>? keep = null)
    {
        if (count > Capacity)
            Shrink();
        if (keep is not null)
            Filter((rows, row, _) => rows.Labels![row] is var label && label >= 0 && keep(rows.Labels.Names[label]));
        if (count == 0)
            return null;

        return (
            TableConcatenation.Of([.. pieces.Select(piece => piece.Rows.Features)]),
            [.. pieces.SelectMany(piece => piece.Rows.Labels!.Indices.ToArray().Select(k => k < 0 ? null : piece.Rows.Labels.Names[k]))],
            pieces[0].Rows.Weights is null ? null : [.. pieces.SelectMany(piece => piece.Rows.Weights!)],
            pieces.Exists(piece => piece.Rows.Places is null)
                ? null
                : RowPlaces.Concatenate([.. pieces.Select(piece => piece.Rows.Places!)]),
            [.. pieces.SelectMany(piece => piece.Keys)]);
    }

    /// <summary>The number of kept rows of each class.</summary>
    public Dictionary<string, long> Counts()
    {
        if (count > Capacity)
            Shrink();
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach ((DataSet rows, _) in pieces)
        {
            foreach (int label in rows.Labels!.Indices)
                counts[rows.Labels.Names[label]] = counts.GetValueOrDefault(rows.Labels.Names[label]) + 1;
        }

        return counts;
    }

    /// <summary>Lowers the maximum number of rows.</summary>
    public void ShrinkTo(int most) => Capacity = Math.Min(Capacity, Math.Max(1, most));

    /// <summary>The rows without the names of the other rows of their chunk, which would stay in memory with them.</summary>
    private static DataSet WithoutOtherNames(DataSet rows) => rows.Features.Columns.Any(column => column is CategoryColumn)
        ? new DataSet(
            new Table([.. rows.Features.Columns.Select(column => column is CategoryColumn names ? names.WithUsedNames() : column)],
                rows.Rows), rows.Labels)
        {
            Weights = rows.Weights,
            Places = rows.Places,
        }
        : rows;

    private void Shrink()
    {
        ulong[] keys = [.. pieces.SelectMany(piece => piece.Keys).Order()];
        Limit = keys[Capacity];
        Filter((_, _, key) => key < Limit);
    }

    private void Filter(Func<DataSet, int, ulong, bool> keep)
    {
        count = 0;
        for (int p = pieces.Count - 1; p >= 0; p--)
        {
            (DataSet rows, ulong[] keys) = pieces[p];
            int[] kept = [.. Enumerable.Range(0, keys.Length).Where(row => keep(rows, row, keys[row]))];
            count += kept.Length;
            if (kept.Length == 0)
                pieces.RemoveAt(p);
            else if (kept.Length < keys.Length)
                pieces[p] = (WithoutOtherNames(rows.Select(kept)), [.. kept.Select(row => keys[row])]);
        }
    }
}
