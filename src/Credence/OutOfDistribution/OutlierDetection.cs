namespace Credence.OutOfDistribution;

/// <summary>How well a score separates out-of-distribution (OOD) from in-distribution (ID) rows. OOD is the positive class:
/// larger scores mean more outlying.</summary>
/// <param name="Auroc">The probability that an out-of-distribution row scores above an in-distribution one, ties counted half.</param>
/// <param name="FprAtOodTpr95">The false-positive rate among in-distribution rows where 95 % of the out-of-distribution rows are
/// detected.</param>
/// <param name="FprAtIdTpr95">The share of out-of-distribution rows accepted where 95 % of the in-distribution rows are: FPR@95 in much of
/// the literature.</param>
public sealed record OutlierDetection(double Auroc, double FprAtOodTpr95, double FprAtIdTpr95)
{
    /// <summary>Evaluates a score.</summary>
    /// <param name="known">Scores of in-distribution rows.</param>
    /// <param name="strange">Scores of out-of-distribution rows.</param>
    /// <exception cref="ArgumentException">One is empty or has a NaN.</exception>
    public static OutlierDetection Compute(ReadOnlySpan<double> known, ReadOnlySpan<double> strange)
    {
        if (known.IsEmpty || strange.IsEmpty)
            throw new ArgumentException(
                $"There are {known.Length} in-distribution and {strange.Length} out-of-distribution rows; both are needed.");

        double[] id = known.ToArray();
        double[] ood = strange.ToArray();
        if (id.Any(double.IsNaN) || ood.Any(double.IsNaN))
            throw new ArgumentException("A score is NaN; rows without a score cannot be ranked.");

        Array.Sort(id);
        Array.Sort(ood);

        // 95 % of n rows are at least ⌈0.95·n⌉ of them.
        double oodThreshold = ood[ood.Length - CountOf95(ood.Length)];
        double idThreshold = id[CountOf95(id.Length) - 1];
        return new OutlierDetection(
            Area(id, ood),
            (double)id.Count(score => score >= oodThreshold) / id.Length,
            (double)ood.Count(score => score <= idThreshold) / ood.Length);
    }

    private static int CountOf95(int rows) => (int)(((95L * rows) + 99) / 100);

    private static double Area(double[] id, double[] ood)
    {
        int below = 0;
        int upTo = 0;
        double wins = 0;
        foreach (double score in ood)
        {
            while (below < id.Length && id[below] < score)
                below++;

            while (upTo < id.Length && id[upTo] <= score)
                upTo++;

            wins += below + ((upTo - below) / 2.0);
        }

        return wins / ((double)id.Length * ood.Length);
    }
}
