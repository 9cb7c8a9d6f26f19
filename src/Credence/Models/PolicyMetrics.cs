using Credence.Data;
using Credence.Data.Scores;
using Credence.Decisions;
using Credence.Numerics;

namespace Credence.Models;

/// <summary>The metrics of a policy on labelled rows.</summary>
/// <param name="Rows">The number of rows.</param>
/// <param name="Answered">The number of answered rows.</param>
/// <param name="Wrong">The number of answered rows whose most probable class is wrong.</param>
/// <param name="Costs">The cost of its actions under a cost matrix; otherwise null.</param>
public sealed record PolicyMetrics(int Rows, int Answered, int Wrong, CostMeasure? Costs)
{
    /// <summary>The coverage: the share of rows answered.</summary>
    public double AnsweredShare => (double)Answered / Rows;

    /// <summary>The error rate of the answered rows; NaN where none is answered.</summary>
    public double WrongShare => Answered == 0 ? double.NaN : (double)Wrong / Answered;

    /// <summary>A 95 % confidence interval of that error rate (Clopper–Pearson).</summary>
    public (double Low, double High) WrongInterval => Answered == 0
        ? (0, 1)
        : (BinomialDistribution.LowerBound(Wrong, Answered, 0.025), BinomialDistribution.UpperBound(Wrong, Answered, 0.025));

    /// <summary>Applies the policy to every row.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="probabilities">[rows, classes], calibrated, of rows that were not used to fit the policy.</param>
    /// <param name="labels">The true classes, none missing.</param>
    public static PolicyMetrics Compute(Policy policy, Probabilities probabilities, Labels labels)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(labels);
        int answered = 0, wrong = 0;
        for (int row = 0; row < labels.Count; row++)
        {
            if (policy.Decide(probabilities.Row(row)).Abstain)
                continue;

            answered++;
            wrong += probabilities.Top(row) == labels[row] ? 0 : 1;
        }

        return new PolicyMetrics(labels.Count, answered, wrong, policy.Costs is { } costs
            ? CostMeasure.Compute(costs, probabilities, labels) : null);
    }

    /// <summary>Fits the policy on one half of the rows and evaluates it on the other.</summary>
    /// <param name="probabilities">[rows, classes].</param>
    /// <param name="labels">The true classes, none missing.</param>
    /// <param name="options">The requested policy.</param>
    /// <param name="seed">The seed that draws the halves.</param>
    /// <returns>Null where half of the rows are too few for the guarantee.</returns>
    public static PolicyMetrics? Halved(Probabilities probabilities, Labels labels, PolicyOptions options, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(options);
        int[] order = new Rng(seed).Permutation(labels.Count);
        int[] first = [.. order[..(order.Length / 2)].Order()], second = [.. order[(order.Length / 2)..].Order()];
        return first.Length == 0 || options.Fit(probabilities.Select(first), labels.Select(first)).Value is not { } policy
            ? null
            : Compute(policy, probabilities.Select(second), labels.Select(second));
    }
}
