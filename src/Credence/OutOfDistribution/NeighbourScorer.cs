using System.Text.Json.Nodes;
using Credence.Numerics;
using Credence.Persistence;

namespace Credence.OutOfDistribution;

/// <summary>The distance to the k-th nearest training row; of a network's features with all rows scaled to length one (Sun and others
/// 2022), where a row of zeros stays as it is.</summary>
public sealed class NeighbourScorer : IOutlierScorer
{
    internal const string Kind = "neighbours";

    private readonly float[] rows;

    private NeighbourScorer(float[] rows, int columns, int neighbours, bool scaled)
    {
        Scaled = scaled;
        this.rows = rows;
        Columns = columns;
        Neighbours = neighbours;
    }

    /// <inheritdoc/>
    public OutlierInput Input => OutlierInput.Features;

    /// <inheritdoc/>
    public int Columns { get; }

    /// <summary>k.</summary>
    public int Neighbours { get; }

    /// <summary>Whether rows are scaled to length one.</summary>
    public bool Scaled { get; }

    /// <summary>Stores the training rows.</summary>
    /// <param name="features">[n, columns], finite.</param>
    /// <param name="columns">Numbers per row.</param>
    /// <param name="neighbours">k, 1 to n.</param>
    /// <param name="scaled">Whether rows are scaled to length one: for features whose length carries little information, such as a
    /// network's.</param>
    /// <exception cref="ArgumentException">The shape is wrong, a value is not finite, or k is out of range.</exception>
    public static NeighbourScorer Fit(ReadOnlySpan<float> features, int columns, int neighbours = 50, bool scaled = true)
    {
        int count = FeatureRows.Check(features, columns, nameof(features));
        if (neighbours < 1 || neighbours > count)
            throw new ArgumentException($"'{nameof(neighbours)}' is {neighbours}; with {count} rows it must be 1 to {count}.",
                nameof(neighbours));

        var rows = new float[features.Length];
        for (int row = 0; row < count; row++)
        {
            ReadOnlySpan<float> from = features.Slice(row * columns, columns);
            double scale = scaled ? Scale(from) : 1;
            for (int j = 0; j < columns; j++)
                rows[(row * columns) + j] = (float)(from[j] * scale);
        }

        return new NeighbourScorer(rows, columns, neighbours, scaled);
    }

    /// <inheritdoc/>
    public double Score(ReadOnlySpan<double> row)
    {
        FeatureRows.CheckLength(row, Columns);
        double square = 0;
        foreach (double value in row)
            square += value * value;

        double scale = Scaled && square > 0 ? 1 / Math.Sqrt(square) : 1;
        double[] scaled = row.ToArray();
        foreach (ref double value in scaled.AsSpan())
            value *= scale;

        var distances = new double[rows.Length / Columns];
        for (int i = 0; i < distances.Length; i++)
        {
            distances[i] = DoubleVectors.SquaredDistance(scaled, rows.AsSpan(i * Columns, Columns));
        }

        if (double.IsNaN(distances[0]))
            return double.NaN;

        Array.Sort(distances);
        return Math.Sqrt(distances[Neighbours - 1]);
    }

    /// <inheritdoc/>
    public JsonObject Save(NamedTensors tensors, string prefix)
    {
        tensors.Add<float>(prefix + "rows", rows, rows.Length / Columns, Columns);
        return new JsonObject
        {
            ["kind"] = Kind,
            ["columns"] = Columns,
            ["rows"] = rows.Length / Columns,
            ["neighbours"] = Neighbours,
            ["scaled"] = Scaled
        };
    }

    internal static NeighbourScorer Load(JsonObject saved, NamedTensors tensors, string prefix)
    {
        int columns = saved.Integer("columns", 1);
        int count = saved.Integer("rows", 1);
        float[] rows = tensors.Get<float>(prefix + "rows", (long)count * columns);
        return Array.TrueForAll(rows, float.IsFinite)
            ? new NeighbourScorer(rows, columns, saved.Integer("neighbours", 1, count), saved.Flag("scaled"))
            : throw new InvalidDataException($"Tensor '{prefix}rows' has a value that is not finite.");
    }

    private static double Scale(ReadOnlySpan<float> row)
    {
        double square = 0;
        foreach (float value in row)
            square += (double)value * value;

        return square > 0 ? 1 / Math.Sqrt(square) : 1;
    }
}
