using Credence.Data;

namespace Credence.Models.Streaming;

/// <summary>
/// Keeps rows whose key, a hash of their content, is below a limit, and no more of them than it may hold: where they become too many the limit falls to the
/// key that leaves enough. Which rows stay depends on the rows alone, not on their order (bottom-k sampling; E. Cohen, H. Kaplan, 2007), and rows of one key
/// stay or go together.
/// </summary>
internal sealed class BottomKSample(double fraction, int capacity)
{
    private readonly List<(DataSet Rows, ulong[] Keys)> pieces = [];
    private int count;

    /// <summary>The most bytes of columns that are kept.</summary>
    private const long MostBytes = 1 << 28;

    /// <summary>Rows with keys below are held here.</summary>
    public ulong Limit { get; private set; } = fraction >= 1 ? ulong.MaxValue : (ulong)(fraction * 18446744073709551616.0);

    /// <summary>The most rows kept, which a first look at long rows makes fewer.</summary>
    public int Capacity { get; private set; } = capacity;

    /// <summary>Takes those of a chunk's rows whose keys are below the limit.</summary>
    /// <param name="chunk">The rows.</param>
    /// <param name="offered">The rows that may be taken.</param>
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

        pieces.Add((chunk.Select(chosen), [.. chosen.Select(row => keys[row])]));
        count += chosen.Length;
        if (count > Capacity + (Capacity / 4) + 64)
            Shrink();
    }

    /// <summary>What is held at the end, the rows' places and keys; null where that is nothing.</summary>
    /// <param name="keep">Whether a row of a class of that name may stay.</param>
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

    /// <summary>How many rows of each class are held.</summary>
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
                pieces[p] = (rows.Select(kept), [.. kept.Select(row => keys[row])]);
        }
    }
}
