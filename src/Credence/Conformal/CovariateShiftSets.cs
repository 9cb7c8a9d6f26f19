using Credence.Data;
using Credence.Data.Scores;

namespace Credence.Conformal;

/// <summary>Prediction sets under covariate shift: future rows have another distribution but the class given the row is distributed as
/// before. Calibration rows
/// have weight w(x), the future density over their own density, and the quantile is that of the weighted scores with the new row's own
/// weight at +∞ (R. Tibshirani and others, Conformal Prediction Under Covariate Shift, 2019).</summary>
public sealed class CovariateShiftSets
{
    private readonly ConformalOptions options;
    private readonly double[] scores, sums;

    private CovariateShiftSets(ConformalOptions options, double[] scores, double[] sums, double effectiveRows, int classes)
    {
        this.options = options;
        this.scores = scores;
        this.sums = sums;
        EffectiveRows = effectiveRows;
        Classes = classes;
    }

    /// <summary>The effective number of calibration rows, (Σw)²/Σw².</summary>
    public double EffectiveRows { get; }

    /// <summary>K.</summary>
    public int Classes { get; }

    /// <summary>Scores the rows.</summary>
    /// <param name="probabilities">[n, K], of rows held out.</param>
    /// <param name="labels">Their classes, none missing.</param>
    /// <param name="weights">w(x) of each row, from 0 up; a common factor does not matter.</param>
    /// <param name="options">The level and the score; without a partition.</param>
    /// <param name="rowKeys">One key per row; by its place where empty.</param>
    /// <exception cref="ArgumentException">Shapes disagree, a weight is not a number from 0 up, an option does not fit, or the effective
    /// number of rows is too small for α.</exception>
    public static CovariateShiftSets Fit(
        Probabilities probabilities, Labels labels, ReadOnlySpan<double> weights, ConformalOptions? options = null,
            ReadOnlySpan<ulong> rowKeys = default)
    {
        options ??= new ConformalOptions();
        options.Check();
        options.CheckStatement();
        ScoreCheck.Together(probabilities.Rows, probabilities.Classes, labels);
        ScoreCheck.Rows(probabilities, nameof(probabilities));
        if (options.Partition != ConformalPartition.None)
            throw new ArgumentException("Sets under covariate shift can't have a partition.", nameof(options));

        if (weights.Length != labels.Count || (!rowKeys.IsEmpty && rowKeys.Length != labels.Count))
            throw new ArgumentException(
                $"There are {labels.Count} rows, {weights.Length} weights and {rowKeys.Length} keys; there must be as many.",
                nameof(weights));

        var scoring = new NonconformityScores(options, probabilities.Classes);
        var ofRow = new double[probabilities.Classes];
        var scores = new double[labels.Count];
        RowWeights.Check(weights, labels.Count);
        for (int row = 0; row < scores.Length; row++)
        {
            if (labels[row] < 0)
                throw new ArgumentException($"Row {row} has no label. Leave rows without a label out.", nameof(labels));

            scoring.Compute(probabilities.Row(row), rowKeys.IsEmpty ? RowKey.Of(row) : rowKeys[row], ofRow);
            scores[row] = ofRow[labels[row]];
        }

        double effective = RowWeights.EffectiveSize(weights);
        if (!(effective >= ConformalRank.RowsNeeded(options.Alpha)))
            throw new ArgumentException($"{ConformalRefusal.For(options.Alpha, (int)effective, null).Message} The effective number of "
                + $"the {labels.Count} weighted rows is {effective:0.#}.", nameof(weights));

        double[] ordered = weights.ToArray();
        Array.Sort(scores, ordered);
        for (int i = 1; i < ordered.Length; i++)
            ordered[i] += ordered[i - 1];

        return new CovariateShiftSets(options, scores, ordered, effective, probabilities.Classes);
    }

    /// <summary>The set of a row, from the most probable class on.</summary>
    /// <param name="probabilities">K probabilities.</param>
    /// <param name="rowKey">The row's key.</param>
    /// <param name="weight">w(x) of the row, on the scale of the calibration rows' weights. Rows of large weight get larger sets.</param>
    /// <exception cref="ArgumentException">The row is not a row of K probabilities, or the weight is not a number from 0 up.</exception>
    public IReadOnlyList<int> Set(ReadOnlySpan<double> probabilities, ulong rowKey, double weight)
    {
        if (probabilities.Length != Classes)
            throw new ArgumentException($"'{nameof(probabilities)}' has length {probabilities.Length}, needs {Classes}.",
                nameof(probabilities));

        if (!(weight >= 0) || double.IsInfinity(weight))
            throw new ArgumentException($"'{nameof(weight)}' is {weight}; a weight is a number from 0 up.", nameof(weight));

        ScoreCheck.Row(probabilities, -1, nameof(probabilities));

        // The least score up to which the rows weigh 1 − α of all and the new one together; a small tolerance allows for the rounding of
        // the sums.
        double needed = (1 - options.Alpha) * (sums[^1] + weight) * (1 - 1e-12);
        int place = Array.FindIndex(sums, sum => sum >= needed);
        double quantile = place < 0 ? double.PositiveInfinity : scores[place];
        var ofRow = new double[Classes];
        new NonconformityScores(options, Classes).Compute(probabilities, rowKey, ofRow);
        var members = new List<int>();
        var negated = new List<double>();
        for (int k = 0; k < Classes; k++)
        {
            if (ofRow[k] <= quantile)
            {
                members.Add(k);
                negated.Add(-probabilities[k]);
            }
        }

        int[] set = [.. members];
        DescendingOrder.Sort([.. negated], set);
        return set;
    }
}
