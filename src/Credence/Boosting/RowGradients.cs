using Credence.Numerics;

namespace Credence.Boosting;

/// <summary>The losses of rows whose scores stand output by output, and their gradients in fixed point. The rows are turned to the order of
/// the kernels a tile at a time.</summary>
internal sealed class RowGradients
{
    private const int RowsPerTile = 512;
    private readonly int[] labels;
    private readonly int outputs, rows, maxThreads;
    private readonly double[] losses;
    private readonly Action<int> gradients, heldOutLosses;
    private readonly double[] scores, weights;
    private readonly FixedPoint units;
    private readonly bool exact;
    private readonly long[] pairs;
    private readonly int[] heldOut;
    private readonly double[] heldOutWeights;

    /// <param name="labels">The class of each row.</param>
    /// <param name="outputs">The scores of a row: one a class, or 1 for two classes.</param>
    /// <param name="scores">[outputs, rows].</param>
    /// <param name="weights">One per row, 0 where a row is not trained on.</param>
    /// <param name="heldOut">The rows whose loss <see cref="HeldOut"/> gives.</param>
    /// <param name="heldOutWeights">One per row.</param>
    /// <param name="units">The units of the pairs.</param>
    /// <param name="exact">Whether the second derivative is p(1 − p).</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core.</param>
    public RowGradients(
        int[] labels, int outputs, double[] scores, double[] weights, int[] heldOut, double[] heldOutWeights, FixedPoint units, bool exact,
        int maxThreads)
    {
        (this.labels, this.outputs, this.scores, this.weights, this.maxThreads) = (labels, outputs, scores, weights, maxThreads);
        (this.heldOut, this.heldOutWeights, this.units, this.exact) = (heldOut, heldOutWeights, units, exact);
        rows = labels.Length;
        losses = new double[Chunks.Count(rows, RowsPerTile)];
        pairs = LargeArray.Uninitialized<long>(scores.Length);
        (gradients, heldOutLosses) = (Gradients, HeldOutLosses);
    }

    /// <summary>The gradient and second derivative of each row in one score, as <see cref="BinSums.Add"/> takes them.</summary>
    public ReadOnlySpan<long> Of(int output) => pairs.AsSpan(output * rows, rows);

    /// <summary>Computes the gradients.</summary>
    /// <returns>The weighted sum of the rows' losses.</returns>
    public double Compute() => Sum(rows, gradients);

    /// <summary>The weighted sum of the held-out rows' losses.</summary>
    public double HeldOut() => Sum(heldOut.Length, heldOutLosses);

    private double Sum(int count, Action<int> work)
    {
        int tiles = Chunks.Count(count, RowsPerTile);
        Chunks.For(tiles, maxThreads, work);
        double sum = 0;
        for (int tile = 0; tile < tiles; tile++)
            sum += losses[tile];

        return sum;
    }

    private void Gradients(int tile)
    {
        int from = tile * RowsPerTile, count = Math.Min(RowsPerTile, rows - from);
        Memory own = Memory.Rent(outputs);
        Span<double> values = own.Values.AsSpan(0, count * outputs);
        Span<double> weight = weights.AsSpan(from, count);
        for (int output = 0; output < outputs; output++)
        {
            ReadOnlySpan<double> column = scores.AsSpan((output * rows) + from, count);
            for (int i = 0; i < column.Length; i++)
                values[(i * outputs) + output] = column[i];
        }

        losses[tile] = LossAndGradient(values, labels.AsSpan(from, count), weight, own, true);
        for (int output = 0; output < outputs; output++)
        {
            Span<long> into = pairs.AsSpan((output * rows) + from, count);
            for (int i = 0; i < into.Length; i++)
                into[i] = units.Pair(values[(i * outputs) + output], weight[i], exact);
        }
    }

    private void HeldOutLosses(int tile)
    {
        int from = tile * RowsPerTile, count = Math.Min(RowsPerTile, heldOut.Length - from);
        Memory own = Memory.Rent(outputs);
        Span<double> values = own.Values.AsSpan(0, count * outputs), weight = own.Weights.AsSpan(0, count);
        Span<int> label = own.Labels.AsSpan(0, count);
        for (int i = 0; i < count; i++)
        {
            int row = heldOut[from + i];
            (weight[i], label[i]) = (heldOutWeights[row], labels[row]);
            for (int output = 0; output < outputs; output++)
                values[(i * outputs) + output] = scores[(output * rows) + row];
        }

        losses[tile] = LossAndGradient(values, label, weight, own, false);
    }

    private double LossAndGradient(Span<double> values, ReadOnlySpan<int> label, ReadOnlySpan<double> weight, Memory own, bool gradient)
    {
        if (outputs > 1)
            return gradient ? CrossEntropy.LossAndGradientRows(values, outputs, label, weight, values)
                : CrossEntropy.TotalLoss(values, outputs, label, weight);

        Span<double> targets = own.Targets.AsSpan(0, label.Length);
        for (int i = 0; i < label.Length; i++)
            targets[i] = label[i];

        return gradient ? BinaryCrossEntropy.LossAndGradient(values, targets, weight, values)
            : BinaryCrossEntropy.TotalLoss(values, targets, weight);
    }

    /// <summary>A tile's memory, one a thread.</summary>
    private sealed class Memory(int outputs)
    {
        [ThreadStatic]
        private static Memory? own;

        public double[] Values { get; } = new double[RowsPerTile * outputs];

        public double[] Weights { get; } = new double[RowsPerTile];

        public double[] Targets { get; } = new double[RowsPerTile];

        public int[] Labels { get; } = new int[RowsPerTile];

        public static Memory Rent(int outputs) =>
            own is { } kept && kept.Values.Length >= RowsPerTile * outputs ? kept : own = new Memory(outputs);
    }
}
