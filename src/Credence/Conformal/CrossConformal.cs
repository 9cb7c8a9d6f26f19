using Credence.Data;
using Credence.Data.Scores;

namespace Credence.Conformal;

/// <summary>Prediction sets from out-of-fold scores: a class's p-value is (1 + Σ over folds of the fold's rows that fit no better than the
/// new row by that fold's model)/(n + 1), and the set holds the classes above α (V. Vovk, Cross-conformal Predictors, 2015).</summary>
/// <remarks>Every row is used both for training and calibration. The proven coverage is only 1 − 2α (up to (1 − K/n)/(K + 1), K folds); the
/// observed one is near 1 − α where
/// the models are stable.</remarks>
public sealed class CrossConformal
{
    private readonly ConformalOptions options;
    private readonly double[][] scores;

    private CrossConformal(ConformalOptions options, double[][] scores, int classes)
    {
        this.options = options;
        this.scores = scores;
        Classes = classes;
        Rows = scores.Sum(fold => fold.Length);
    }

    /// <summary>The folds.</summary>
    public int Folds => scores.Length;

    /// <summary>n.</summary>
    public int Rows { get; }

    /// <summary>K.</summary>
    public int Classes { get; }

    /// <summary>Scores the rows.</summary>
    /// <param name="outOfFold">[n, K]: each row by the model of its fold, which was not trained on it.</param>
    /// <param name="labels">Their classes, none missing.</param>
    /// <param name="foldOf">The fold of each row, from 0 on.</param>
    /// <param name="options">The level and the score; without a partition.</param>
    /// <param name="rowKeys">One key per row; by its place where empty.</param>
    /// <exception cref="ArgumentException">Shapes disagree, a fold has no rows, an option does not fit, or there are too few rows for
    /// α.</exception>
    public static CrossConformal Fit(
        Probabilities outOfFold, Labels labels, ReadOnlySpan<int> foldOf, ConformalOptions? options = null,
            ReadOnlySpan<ulong> rowKeys = default)
    {
        options ??= new ConformalOptions();
        options.Check();
        options.CheckStatement();
        ScoreCheck.Together(outOfFold.Rows, outOfFold.Classes, labels);
        ScoreCheck.Rows(outOfFold, nameof(outOfFold));
        if (options.Partition != ConformalPartition.None)
            throw new ArgumentException("Cross-conformal sets can't have a partition.", nameof(options));

        if (foldOf.Length != labels.Count || (!rowKeys.IsEmpty && rowKeys.Length != labels.Count))
            throw new ArgumentException(
                $"There are {labels.Count} rows, {foldOf.Length} folds and {rowKeys.Length} keys; there must be as many.", nameof(foldOf));

        int needed = ConformalRank.RowsNeeded(options.Alpha), folds = 0;
        if (labels.Count < needed)
            throw new ArgumentException(ConformalRefusal.For(options.Alpha, labels.Count, null).Message, nameof(outOfFold));

        foreach (int fold in foldOf)
            folds = fold >= 0 ? Math.Max(folds, fold + 1)
                : throw new ArgumentException($"A row is in fold {fold}; folds count from 0.", nameof(foldOf));

        List<double>[] byFold = [.. Enumerable.Range(0, folds).Select(_ => new List<double>())];
        var scoring = new NonconformityScores(options, outOfFold.Classes);
        var ofRow = new double[outOfFold.Classes];
        for (int row = 0; row < labels.Count; row++)
        {
            if (labels[row] < 0)
                throw new ArgumentException($"Row {row} has no label. Leave rows without a label out.", nameof(labels));

            scoring.Compute(outOfFold.Row(row), rowKeys.IsEmpty ? RowKey.Of(row) : rowKeys[row], ofRow);
            byFold[foldOf[row]].Add(ofRow[labels[row]]);
        }

        int empty = Array.FindIndex(byFold, fold => fold.Count == 0);
        if (empty >= 0)
            throw new ArgumentException($"Fold {empty} has no rows.", nameof(foldOf));

        return new CrossConformal(options, [.. byFold.Select(fold => fold.Order().ToArray())], outOfFold.Classes);
    }

    /// <summary>The set of a new row, the class with the largest p-value first.</summary>
    /// <param name="byFold">[folds, K]: the row's probabilities by each fold's model.</param>
    /// <param name="rowKey">The row's key.</param>
    /// <exception cref="ArgumentException">The shape is another, or the scores are not probabilities.</exception>
    public IReadOnlyList<int> Set(Probabilities byFold, ulong rowKey)
    {
        if (byFold.Rows != Folds || byFold.Classes != Classes)
            throw new ArgumentException($"'{nameof(byFold)}' is [{byFold.Rows}, {byFold.Classes}], needs [{Folds}, {Classes}].",
                nameof(byFold));

        ScoreCheck.Rows(byFold, nameof(byFold));
        var scoring = new NonconformityScores(options, Classes);
        var ofRow = new double[Classes];
        var atLeast = new long[Classes];
        for (int fold = 0; fold < Folds; fold++)
        {
            scoring.Compute(byFold.Row(fold), rowKey, ofRow);
            for (int k = 0; k < Classes; k++)
                atLeast[k] += CalibrationScores.AtLeast(scores[fold], ofRow[k]);
        }

        // Where the folds' models disagree on the most probable class, even the largest p-value may be at most α.
        int best = options.AllowEmptySets ? -1 : Array.IndexOf(atLeast, atLeast.Max());
        int[] members = [.. Enumerable.Range(0, Classes).Where(k => k == best || (1.0 + atLeast[k]) / (Rows + 1.0) > options.Alpha)];
        DescendingOrder.Sort([.. members.Select(k => -(double)atLeast[k])], members);
        return members;
    }
}
