using Credence.Data;
using Credence.Data.Scores;
using Credence.Numerics;

namespace Credence.Evaluation.Metrics;

/// <summary>The squared kernel calibration error of all classes at once, unbiased, and its value for labels drawn from the probabilities
/// (D. Widmann, F. Lindsten, D. Zachariah 2019).</summary>
/// <remarks>
/// The mean over pairs of rows of k(p, p′)·(e_y − p)·(e_y′ − p′) with k = exp(−‖p − p′‖ / γ), γ the median distance of pairs. All pairs
/// where there are few rows; else the pairs within blocks of rows drawn at random, so that the number of pairs stays near 1 million, and of
/// pairs times classes near 500 million. Weights are not used: a row is in or out.
/// </remarks>
internal sealed class KernelCalibrationError
{
    private const int MostPairs = 1 << 20, MostProducts = 1 << 29, MostScratch = 1 << 22, SampledPairs = 10_000, FewestRows = 2;

    private readonly Probabilities probabilities;
    private readonly Labels labels;
    private readonly int[] order;
    private readonly int block;
    private readonly double width;

    private KernelCalibrationError(Probabilities probabilities, Labels labels, Rng rng)
    {
        this.probabilities = probabilities;
        this.labels = labels;
        int n = probabilities.Rows;
        order = rng.Permutation(n);
        int pairs = Math.Min(MostPairs, MostProducts / probabilities.Classes);
        block = (int)Math.Min(n, Math.Max(FewestRows, Math.Min(2L * pairs / n, MostScratch / probabilities.Classes)));
        width = MedianDistance();
    }

    /// <summary>The metric; NaN where there is but one row.</summary>
    public double Value { get; private set; } = double.NaN;

    /// <summary>Its variance because rows differ in the mean of their pairs.</summary>
    public double Between { get; private set; } = double.NaN;

    /// <summary>Its variance because of the pairs themselves.</summary>
    public double Within { get; private set; } = double.NaN;

    /// <summary>The metric of each draw of labels.</summary>
    public double[] Draws { get; private set; } = [];

    /// <summary>Computes.</summary>
    public static KernelCalibrationError Compute(
        Probabilities probabilities, Labels labels, int draws, Rng rng, int maxThreads, CancellationToken cancellationToken)
    {
        var error = new KernelCalibrationError(probabilities, labels, rng.Split(0));
        if (probabilities.Rows >= FewestRows)
            error.Compute(draws, rng.Split(1), maxThreads, cancellationToken);
        return error;
    }

    private void Compute(int draws, Rng rng, int maxThreads, CancellationToken cancellationToken)
    {
        int n = order.Length, blocks = n / block;
        var partial = new KernelBlock[blocks];
        Chunks.For(
            blocks,
            maxThreads,
            chunk =>
            {
                // The last block takes what is left over.
                int from = chunk * block, to = chunk == blocks - 1 ? n : from + block;
                partial[chunk] = KernelBlock.Compute(probabilities, labels, order.AsSpan(from..to), width, draws, rng);
            },
            cancellationToken);

        double sum = 0, pairs = 0, squares = 0, means = 0, meanSquares = 0;
        Draws = new double[draws];
        foreach (KernelBlock part in partial)
        {
            sum += part.Sum;
            squares += part.Squares;
            pairs += part.Pairs;
            means += part.RowMeans;
            meanSquares += part.RowMeanSquares;
            for (int draw = 0; draw < draws; draw++)
                Draws[draw] += part.Drawn[draw];
        }

        for (int draw = 0; draw < draws; draw++)
            Draws[draw] /= pairs;

        Value = sum / pairs;

        // Hoeffding's two parts: rows that differ in the mean of their pairs, and the pairs themselves.
        double each = Math.Max(0, (squares / pairs) - (Value * Value));
        double partners = Math.Max(1, block - 1.0);
        Between = 4 * Math.Max(0, (meanSquares / n) - (means / n * (means / n)) - (each / partners)) / n;
        Within = each / pairs;
    }

    private double MedianDistance()
    {
        // Each row with the next ones of the random order, as many as it takes.
        int n = order.Length, offsets = Math.Min(n - 1, (SampledPairs + n - 1) / n), rows = Math.Min(n, SampledPairs);
        var distances = new List<double>();
        for (int offset = 1; offset <= offsets; offset++)
        {
            for (int i = 0; i < rows; i++)
            {
                ReadOnlySpan<double> a = probabilities.Row(order[i]), b = probabilities.Row(order[(i + offset) % n]);
                double square = 0;
                for (int k = 0; k < a.Length; k++)
                    square += (a[k] - b[k]) * (a[k] - b[k]);

                if (square > 0)
                    distances.Add(Math.Sqrt(square));
            }
        }

        distances.Sort();
        return distances.Count == 0 ? 1 : distances[distances.Count / 2];
    }
}
