using System.Text.Json.Nodes;
using Credence.Data;
using Credence.Data.Columns;
using Credence.Features;
using Credence.Features.Matrices;
using Credence.Numerics;
using Credence.Persistence;

namespace Credence.Models;

/// <summary>Features of some training rows, kept in a model so that a cell that is missing at prediction, in a column that never missed in
/// training, can be averaged over instead of being taken for a typical one. They are training data: whoever has the model file can read
/// them.</summary>
public sealed class StoredRows
{
    /// <summary>The most rows kept.</summary>
    public const int MostRows = 256;

    /// <summary>The least rows kept, where there are as many and their size matters.</summary>
    public const int FewRows = 100;

    // Fewer rows are kept where they would take more than the first figure, fewer columns where they would take more than the second.
    private const long SoftBytes = 1 << 18, MostBytes = 1 << 22;
    private const int EntryBytes = sizeof(int) + sizeof(float);
    private const ulong Stream = 0x524F5753;

    private StoredRows(SparseMatrix features, string[] columns, string[] neverMissing)
    {
        Features = features;
        Columns = columns;
        NeverMissing = neverMissing;
    }

    /// <summary>The number of rows; 0 where none are kept.</summary>
    public int Count => Features.Rows;

    /// <summary>The columns whose features are kept.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The columns that were missing in no training row. Where a cell of one is missing and <see cref="Columns"/> lacks it, no
    /// honest probability is known.</summary>
    public IReadOnlyList<string> NeverMissing { get; }

    /// <summary>[<see cref="Count"/>, all features], 0 in the columns that are not kept.</summary>
    internal SparseMatrix Features { get; }

    /// <summary>Draws rows and keeps their features.</summary>
    /// <param name="rows">The training rows.</param>
    /// <param name="pipeline">Makes their features.</param>
    /// <param name="keep">Whether to keep rows, rather than only the names of the columns that never missed.</param>
    /// <param name="seed">Draws the rows.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    internal static StoredRows Draw(Table rows, FeaturePipeline pipeline, bool keep, ulong seed, CancellationToken cancellationToken)
    {
        string[] never = [.. pipeline.Inputs.Select(input => rows.Find(input.Name)).OfType<IColumn>()
            .Where(column => column.Kind is not (ColumnKind.Image or ColumnKind.Audio) && NeverMisses(column))
            .Select(column => column.Name)];
        if (!keep || never.Length == 0)
            return new StoredRows(new SparseMatrix([0], [], [], pipeline.Columns), [], never);

        int[] order = new Rng(seed).Split(Stream).Permutation(rows.Rows);
        int[] drawn = order[..Math.Min(order.Length, MostRows)];
        IFeatureMatrix features = pipeline.Apply(rows.Select(drawn), null, 0, cancellationToken);
        FeatureRun[] runs = pipeline.Runs();
        long[] bytes = Bytes(features, runs);

        // The columns that can be filled come first, then those that say something about them, each from the smallest on.
        var kept = new HashSet<int>();
        long total = 0;
        foreach (int column in Enumerable.Range(0, runs.Length)
            .OrderByDescending(i => never.Contains(pipeline.Inputs[i].Name)).ThenBy(i => bytes[i]).ThenBy(i => i))
        {
            if (total + (bytes[column] * FewRows / drawn.Length) > MostBytes)
                break;

            kept.Add(column);
            total += bytes[column];
        }

        int count = (int)Math.Clamp(
            SoftBytes * drawn.Length / Math.Max(1, total), Math.Min(FewRows, drawn.Length), drawn.Length);
        return new StoredRows(
            Chosen(features, count, runs, kept, pipeline.Columns),
            [.. Enumerable.Range(0, runs.Length).Where(kept.Contains).Select(i => pipeline.Inputs[i].Name)],
            never);
    }

    /// <summary>Serializes it; the features go to <paramref name="tensors"/>.</summary>
    internal JsonObject Save(NamedTensors tensors)
    {
        if (Count > 0)
        {
            tensors.Add("stored.starts", Features.Starts);
            tensors.Add("stored.indices", Features.Indices);
            tensors.Add("stored.values", Features.Values);
        }

        return new JsonObject
        {
            ["rows"] = Count,
            ["columns"] = Columns.ToJson(),
            ["never_missing"] = NeverMissing.ToJson(),
        };
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Something is missing, out of range, or of other columns.</exception>
    internal static StoredRows Load(JsonObject saved, NamedTensors tensors, FeaturePipeline pipeline)
    {
        int rows = saved.Integer("rows", 0, MostRows);
        string[] columns = saved.Texts("columns"), never = saved.Texts("never_missing");
        var inputs = pipeline.Inputs.Select(input => input.Name).ToHashSet(StringComparer.Ordinal);
        if (!columns.All(inputs.Contains) || !never.All(inputs.Contains))
            throw new InvalidDataException("The stored rows are of a column that the model does not read.");

        if (rows == 0)
            return new StoredRows(new SparseMatrix([0], [], [], pipeline.Columns), [], never);

        int[] starts = tensors.Get<int>("stored.starts", rows + 1), indices = tensors.Get<int>("stored.indices");
        float[] values = tensors.Get<float>("stored.values", indices.Length);
        bool ordered = starts[0] == 0 && starts[^1] == indices.Length;
        for (int row = 0; ordered && row < rows; row++)
        {
            ordered = starts[row] <= starts[row + 1] && starts[row + 1] <= indices.Length;
            for (int i = starts[row]; ordered && i < starts[row + 1]; i++)
            {
                ordered = indices[i] >= 0 && indices[i] < pipeline.Columns && (i == starts[row] || indices[i] > indices[i - 1])
                    && float.IsFinite(values[i]);
            }
        }

        return ordered
            ? new StoredRows(new SparseMatrix(starts, indices, values, pipeline.Columns), columns, never)
            : throw new InvalidDataException("The stored rows are out of order, or hold a value that is not finite.");
    }

    private static bool NeverMisses(IColumn column)
    {
        for (int row = 0; row < column.Count; row++)
        {
            if (column.MissingCells(row) > 0)
                return false;
        }

        return true;
    }

    private static long[] Bytes(IFeatureMatrix features, FeatureRun[] runs)
    {
        var bytes = new long[runs.Length];
        for (int row = 0; row < features.Rows; row++)
        {
            int run = 0;
            foreach ((int feature, _) in features.NonZero(row))
            {
                while (feature >= runs[run].End)
                    run++;

                bytes[run] += EntryBytes;
            }
        }

        return bytes;
    }

    private static SparseMatrix Chosen(IFeatureMatrix features, int count, FeatureRun[] runs, HashSet<int> kept, int width)
    {
        var starts = new int[count + 1];
        var indices = new List<int>();
        var values = new List<float>();
        for (int row = 0; row < count; row++)
        {
            int run = 0;
            foreach ((int feature, float value) in features.NonZero(row))
            {
                while (feature >= runs[run].End)
                    run++;

                if (!kept.Contains(run))
                    continue;

                indices.Add(feature);
                values.Add(value);
            }

            starts[row + 1] = indices.Count;
        }

        return new SparseMatrix(starts, [.. indices], [.. values], width);
    }
}
