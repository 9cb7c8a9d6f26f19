using Credence.Data;
using Credence.Data.Scores;
using Credence.Decisions;
using Credence.Numerics;

namespace Credence.Models;

/// <summary>What a policy did on labelled rows.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Answered">Those answered.</param>
/// <param name="Wrong">Of these, those whose most probable class is not the true one.</param>
/// <param name="Costs">What its actions cost, under a cost matrix; else null.</param>
public sealed record PolicyMetrics(int Rows, int Answered, int Wrong, CostMeasure? Costs)
{
    /// <summary>The share of rows answered.</summary>
    public double AnsweredShare => (double)Answered / Rows;

    /// <summary>The share of wrong answers among those answered; NaN where none is.</summary>
    public double WrongShare => Answered == 0 ? double.NaN : (double)Wrong / Answered;

    /// <summary>A 95 % interval for the share of wrong answers to come (Clopper–Pearson).</summary>
    public (double Low, double High) WrongInterval => Answered == 0
        ? (0, 1)
        : (BinomialDistribution.LowerBound(Wrong, Answered, 0.025), BinomialDistribution.UpperBound(Wrong, Answered, 0.025));

    /// <summary>Decides every row and counts.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="probabilities">[rows, classes], calibrated, of rows that had no part in the policy.</param>
    /// <param name="labels">The true classes, none missing.</param>
    public static PolicyMetrics Compute(Policy policy, Probabilities probabilities, Labels labels)
    {
        int answered = 0, wrong = 0;
        for (int row = 0; row < labels.Count; row++)
        {
            if (policy.Decide(probabilities.Row(row)).Abstain)
                continue;

            answered++;
            wrong += probabilities.Top(row) == labels[row] ? 0 : 1;
        }

        return new PolicyMetrics(labels.Count, answered, wrong, policy.Costs is { } costs ? CostMeasure.Compute(costs, probabilities, labels) : null);
    }

    /// <summary>Finds the policy on one half of the rows and measures it on the other: figures of rows that had no part in it.</summary>
    /// <param name="probabilities">[rows, classes].</param>
    /// <param name="labels">The true classes, none missing.</param>
    /// <param name="options">The policy that is asked for.</param>
    /// <param name="seed">Draws the halves.</param>
    /// <returns>Null where one half of the rows is too few for the promise.</returns>
    public static PolicyMetrics? Halved(Probabilities probabilities, Labels labels, PolicyOptions options, ulong seed)
    {
        int[] order = new Rng(seed).Permutation(labels.Count);
        int[] first = [.. order[..(order.Length / 2)].Order()], second = [.. order[(order.Length / 2)..].Order()];
        return first.Length == 0 || options.Fit(probabilities.Select(first), labels.Select(first)).Value is not { } policy
            ? null
            : Compute(policy, probabilities.Select(second), labels.Select(second));
    }
}
