namespace Credence.Evaluation.Metrics;

/// <summary>Clusters of rows that depend on each other, and how much: the correlation within clusters of being right, beyond what the
/// confidences say.</summary>
internal sealed class RowClusters
{
    private readonly int[] clusterOf;

    private RowClusters(int[] clusterOf, int count, double correlation, double designEffect)
    {
        this.clusterOf = clusterOf;
        Count = count;
        Correlation = correlation;
        DesignEffect = designEffect;
    }

    /// <summary>The number of clusters.</summary>
    public int Count { get; }

    /// <summary>ρ, from 0 to 1: the mean product of two rows' residuals of a cluster, over the mean square of all.</summary>
    public double Correlation { get; }

    /// <summary>By how much the variance of a mean is larger than that of as many independent rows, 1 + ρ(m̄ − 1), m̄ the mean size of a
    /// row's cluster (L. Kish, Survey Sampling, 1965).</summary>
    public double DesignEffect { get; }

    /// <summary>The cluster of a row.</summary>
    public int this[int row] => clusterOf[row];

    /// <summary>The clusters of rows.</summary>
    /// <param name="clusters">The cluster of each row, from 0.</param>
    /// <param name="rows">The rows.</param>
    public static RowClusters Of(IReadOnlyList<int> clusters, ScoredRows rows)
    {
        int[] clusterOf = [.. clusters];
        int count = clusterOf.Max() + 1, n = clusterOf.Length;
        var residuals = new double[n];
        double mean = 0, square = 0;
        for (int row = 0; row < n; row++)
        {
            residuals[row] = (rows.IsCorrect(row) ? 1 : 0) - rows.Confidence[row];
            mean += rows.Weights[row] * residuals[row] / n;
        }

        double[] sums = new double[count], squares = new double[count], weights = new double[count], weightSquares = new double[count];
        double all = 0;
        for (int row = 0; row < n; row++)
        {
            double weight = rows.Weights[row], off = weight * (residuals[row] - mean);
            sums[clusterOf[row]] += off;
            squares[clusterOf[row]] += off * off;
            weights[clusterOf[row]] += weight;
            weightSquares[clusterOf[row]] += weight * weight;
            square += weight * (residuals[row] - mean) * (residuals[row] - mean) / n;
            all += weight * weight;
        }

        double products = 0, pairs = 0;
        for (int cluster = 0; cluster < count; cluster++)
        {
            products += (sums[cluster] * sums[cluster]) - squares[cluster];
            pairs += (weights[cluster] * weights[cluster]) - weightSquares[cluster];
        }

        double correlation = pairs > 0 && square > 0 ? Math.Clamp(products / pairs / square, 0, 1) : 0;
        return new RowClusters(clusterOf, count, correlation, all > 0 ? 1 + (correlation * pairs / all) : 1);
    }

    /// <summary>Sums over clusters, scaled so that their mean is that of the rows.</summary>
    public double[] Summed(ReadOnlySpan<double> parts, ReadOnlySpan<int> rows)
    {
        var sums = new double[Count];
        for (int i = 0; i < parts.Length; i++)
            sums[clusterOf[rows[i]]] += parts[i];

        for (int cluster = 0; cluster < sums.Length; cluster++)
            sums[cluster] *= (double)Count / parts.Length;

        return sums;
    }
}
