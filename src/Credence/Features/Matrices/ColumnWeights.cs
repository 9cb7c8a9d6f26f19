using Credence.Data;
using Credence.Numerics;

namespace Credence.Features.Matrices;

/// <summary>
/// Supervised weights of text features by each one's association with the label; every text's features are then rescaled to their norm:
/// s_j = (Σ_k p_jk·ln(p_jk / π_k))^(power/2), p_jk the smoothed share of class k among the texts with n-gram j, π_k among all. It
/// generalises the log-count
/// ratio of S. Wang, C. Manning (Baselines and Bigrams, 2012), to any number of classes by the Kullback–Leibler divergence from the prior.
/// Immutable.
/// </summary>
public sealed class ColumnWeights
{
    /// <summary>Pseudo-counts: texts added to each n-gram's, in the classes' proportions.</summary>
    private const double Smoothing = 1;

    private readonly float[] factors;
    private readonly FeatureSpan[] spans;

    internal ColumnWeights(float[] factors, FeatureSpan[] spans)
    {
        this.factors = factors;
        this.spans = spans;
    }

    /// <summary>One factor per feature; 1 outside the spans.</summary>
    internal ReadOnlySpan<float> Factors => factors;

    /// <summary>Computes the factors from rows and their labels.</summary>
    /// <param name="features">[rows, features].</param>
    /// <param name="labels">The class of each row.</param>
    /// <param name="counts">Whether a row is used: held-out rows must not be.</param>
    /// <param name="power">0 leaves features unchanged; 1 weights them by the square root of the divergence.</param>
    /// <param name="spans">The features to weight.</param>
    internal static ColumnWeights Compute(SparseMatrix features, Labels labels, Func<int, bool> counts, double power, FeatureSpan[] spans)
    {
        int classes = labels.Classes;
        var factors = new float[features.Columns];
        Array.Fill(factors, 1);
        var shares = new double[classes];
        int rows = 0;
        for (int row = 0; row < features.Rows; row++)
        {
            if (counts(row))
            {
                shares[labels[row]]++;
                rows++;
            }
        }

        for (int k = 0; k < classes; k++)
            shares[k] /= Math.Max(1, rows);
        (int[] starts, int[] classOf) = ByFeature(features, labels, counts);
        var seen = new int[classes];
        foreach (FeatureSpan span in spans)
        {
            for (int j = span.First; j < span.First + span.Count; j++)
                factors[j] = (float)Power(Information(classOf.AsSpan(starts[j], starts[j + 1] - starts[j]), seen, shares), power / 2);
        }

        return new ColumnWeights(factors, spans);
    }

    /// <summary>Applies the weights to features.</summary>
    /// <exception cref="ArgumentException">The matrix is not sparse.</exception>
    public IFeatureMatrix Apply(IFeatureMatrix matrix)
    {
        var features = matrix as SparseMatrix ?? throw new ArgumentException("The weights apply to text features in a sparse matrix; this "
            + "matrix is not sparse.", nameof(matrix));
        (int[] starts, int[] indices, float[] values) = features.Arrays;
        var weighed = new float[values.Length];
        for (int row = 0; row < features.Rows; row++)
        {
            int e = starts[row], end = starts[row + 1];
            foreach (FeatureSpan span in spans)
            {
                for (; e < end && indices[e] < span.First; e++)
                    weighed[e] = values[e];
                int first = e;
                for (; e < end && indices[e] < span.First + span.Count; e++)
                    weighed[e] = values[e] * factors[indices[e]];
                Rescale(weighed.AsSpan(first, e - first), span.Norm);
            }

            values.AsSpan(e, end - e).CopyTo(weighed.AsSpan(e));
        }

        return features.WithValues(weighed);
    }

    private static void Rescale(Span<float> values, double norm)
    {
        double square = 0;
        foreach (float value in values)
            square += (double)value * value;
        if (square == 0)
            return;

        float factor = (float)(norm / Math.Sqrt(square));
        foreach (ref float value in values)
            value *= factor;
    }

    /// <summary>For each feature in turn, the classes of the rows in which it is non-zero.</summary>
    private static (int[] Starts, int[] ClassOf) ByFeature(SparseMatrix features, Labels labels, Func<int, bool> counts)
    {
        var starts = new int[features.Columns + 1];
        bool[] counted = new bool[features.Rows];
        for (int row = 0; row < features.Rows; row++)
        {
            counted[row] = counts(row);
            for (int e = features.Starts[row]; counted[row] && e < features.Starts[row + 1]; e++)
                starts[features.Indices[e] + 1]++;
        }

        for (int j = 0; j < features.Columns; j++)
            starts[j + 1] += starts[j];
        int[] next = starts[..^1];
        var classOf = new int[starts[^1]];
        for (int row = 0; row < features.Rows; row++)
        {
            for (int e = features.Starts[row]; counted[row] && e < features.Starts[row + 1]; e++)
                classOf[next[features.Indices[e]]++] = labels[row];
        }

        return (starts, classOf);
    }

    /// <summary>Σ_k p_k·ln(p_k / π_k), at least 0.</summary>
    /// <param name="classOf">The classes of the rows that have the feature.</param>
    /// <param name="seen">A buffer of one count per class, all 0 before and after.</param>
    /// <param name="shares">π.</param>
    private static double Information(ReadOnlySpan<int> classOf, int[] seen, double[] shares)
    {
        double imagined = Smoothing * shares.Length, total = classOf.Length + imagined;
        foreach (int k in classOf)
            seen[k]++;

        // An unseen class has only the pseudo-count, and every such class has the same ratio to its prior.
        double unseen = 1, sum = 0;
        foreach (int k in classOf)
        {
            if (seen[k] == 0)
                continue;

            double p = (seen[k] + imagined * shares[k]) / total;
            sum += p * Log.Compute(p / shares[k]);
            unseen -= shares[k];
            seen[k] = 0;
        }

        return Math.Max(0, sum + (unseen > 1e-12 ? unseen * imagined / total * Log.Compute(imagined / total) : 0));
    }

    private static double Power(double x, double power) => x > 0 ? Exp.Compute(power * Log.Compute(x)) : power == 0 ? 1 : 0;
}

/// <summary>Adjacent features that are scaled together.</summary>
/// <param name="First">The first feature.</param>
/// <param name="Count">The number of features.</param>
/// <param name="Norm">Their Euclidean norm in a row.</param>
internal readonly record struct FeatureSpan(int First, int Count, double Norm);
