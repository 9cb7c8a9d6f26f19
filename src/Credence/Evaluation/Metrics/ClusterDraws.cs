using Credence.Numerics;

namespace Credence.Evaluation.Metrics;

/// <summary>Uniform numbers of rows in clusters for one draw: a row takes its cluster's number with chance √ρ, else one of its own, so that
/// two rows of a cluster share theirs with chance ρ.</summary>
internal sealed class ClusterDraws
{
    private readonly RowClusters clusters;
    private readonly double chance;
    private readonly double[] ofCluster;

    /// <summary>Draws the clusters' numbers.</summary>
    public ClusterDraws(RowClusters clusters, Rng rng)
    {
        this.clusters = clusters;
        chance = Math.Sqrt(clusters.Correlation);
        ofCluster = new double[clusters.Count];
        for (int cluster = 0; cluster < ofCluster.Length; cluster++)
            ofCluster[cluster] = rng.NextDouble();
    }

    /// <summary>The number of a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="rng">The row's own numbers.</param>
    public double Next(int row, Rng rng)
    {
        double own = rng.NextDouble();
        return rng.NextDouble() < chance ? ofCluster[clusters[row]] : own;
    }
}
