using Credence.Data;
using Credence.Data.Scores;

namespace Credence.Decisions;

/// <summary>The evaluation of a cost matrix's decisions on labelled rows.</summary>
public sealed class CostMeasure
{
    private CostMeasure(CostMatrix costs, int[] taken, double mean, double deviation, double expected, int constant, double constantCost)
    {
        Rows = taken.Sum();
        MeanCost = mean;
        double half = 1.959963984540054 * deviation / Math.Sqrt(Rows);
        Interval = (mean - half, mean + half);
        ExpectedCost = expected;
        ActionShares = [.. taken.Select(count => (double)count / Rows)];
        BestConstantAction = costs.ActionNames[constant];
        BestConstantCost = constantCost;
    }

    /// <summary>The rows.</summary>
    public int Rows { get; }

    /// <summary>The mean cost of the decisions.</summary>
    public double MeanCost { get; }

    /// <summary>A 95 % interval for the mean cost of future rows: mean ± 1.96·s/√n.</summary>
    public (double Low, double High) Interval { get; }

    /// <summary>The mean cost that the probabilities imply. Outside the interval, they are miscalibrated.</summary>
    public double ExpectedCost { get; }

    /// <summary>The share of rows on which each action was taken.</summary>
    public IReadOnlyList<double> ActionShares { get; }

    /// <summary>The constant action of least cost.</summary>
    public string BestConstantAction { get; }

    /// <summary>The mean cost per row of that action, the baseline of the decisions.</summary>
    public double BestConstantCost { get; }

    /// <summary>Decides every row and sums the costs.</summary>
    /// <param name="costs">The cost matrix, its classes in the order of the labels' names.</param>
    /// <param name="probabilities">[n, K].</param>
    /// <param name="labels">Their classes; rows without one are left out.</param>
    /// <exception cref="ArgumentException">The shapes or the names disagree, the scores are not probabilities, or no row has a
    /// label.</exception>
    public static CostMeasure Compute(CostMatrix costs, Probabilities probabilities, Labels labels)
    {
        ArgumentNullException.ThrowIfNull(costs);
        ArgumentNullException.ThrowIfNull(labels);
        ScoreCheck.Together(probabilities.Rows, probabilities.Classes, labels);
        if (!costs.ClassNames.SequenceEqual(labels.Names))
            throw new ArgumentException("The cost matrix's classes are not the labels' classes in the same order.", nameof(costs));

        int actions = costs.ActionNames.Count;
        var taken = new int[actions];
        var constant = new double[actions];
        double sum = 0;
        double squares = 0;
        double expected = 0;
        for (int row = 0; row < labels.Count; row++)
        {
            int label = labels[row];
            if (label < 0)
                continue;

            CostDecision decision = costs.Decide(probabilities.Row(row));
            double cost = costs[label, decision.Index];
            taken[decision.Index]++;
            sum += cost;
            squares += cost * cost;
            expected += decision.ExpectedCost;
            for (int action = 0; action < actions; action++)
                constant[action] += costs[label, action];
        }

        int rows = taken.Sum();
        if (rows == 0)
            throw new ArgumentException("No row has a label, so no cost can be counted.", nameof(labels));

        double mean = sum / rows;
        double deviation = Math.Sqrt(Math.Max(0, (squares / rows) - (mean * mean)));
        int best = Array.IndexOf(constant, constant.Min());
        return new CostMeasure(costs, taken, mean, deviation, expected / rows, best, constant[best] / rows);
    }
}
