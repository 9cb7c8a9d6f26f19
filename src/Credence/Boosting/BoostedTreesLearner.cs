using Credence.Data.Scores;
using Credence.Features.Matrices;
using Credence.LogitModels;
using Credence.Numerics;
using Credence.Optimization;

namespace Credence.Boosting;

/// <summary>Gradient boosting of histogram trees under the softmax, with the number of rounds chosen by cross-validation.</summary>
/// <remarks>
/// The folds' models share the bins and grow side by side until their common held-out log loss has not fallen for
/// <see cref="BoostedTreesOptions.Patience"/> rounds. The final model has the rounds where it was lowest. The out-of-fold logits of a fold
/// have the rounds where the loss of all other folds was lowest, so the trees that
/// score a row are neither grown on its label nor stopped by its loss.
/// </remarks>
public sealed class BoostedTreesLearner : ILogitLearner
{
    private const int RoundsPerCheck = 5, FewestRounds = 10;

    /// <summary>Rounds times learning rate after which held-out loss is usually lowest.</summary>
    private const double TypicalSteps = 15;

    private readonly BoostedTreesOptions options;
    private readonly long mostWork;
    private readonly int fewestRows;

    /// <summary>A learner with the given options.</summary>
    /// <param name="options">The options; null adapts the defaults to the number of rows.</param>
    /// <param name="mostWork">The maximum number of cells that all folds together visit: fewer rounds, with a larger learning
    /// rate, where the
    /// options' would need more.</param>
    /// <param name="fewestRows">The number of rows below which the learner takes no part in a contest.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public BoostedTreesLearner(BoostedTreesOptions? options = null, long mostWork = long.MaxValue, int fewestRows = 0)
    {
        this.fewestRows = fewestRows;
        this.options = options ?? new BoostedTreesOptions();
        this.options.Check();
        this.mostWork = mostWork;
    }

    /// <inheritdoc/>
    public string Name => "trees";

    /// <inheritdoc/>
    public string? Unsuited(LearnerRows rows) =>
        rows.Pipeline.SplitColumns(out string? reason) is null ? reason
        : rows.Labels.Count < fewestRows ? $"{rows.Labels.Count} rows are few for it; from {fewestRows} it takes part unasked"
        : null;

    /// <summary>Fits the model.</summary>
    /// <inheritdoc/>
    public LogitFit Fit(LearnerRows rows, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        SplitColumn[] columns = ColumnsOf(rows);
        int folds = rows.Folds.Max() + 1;
        BoostedTreesOptions own = Bounded(rows, columns.Length, folds);
        BinnedRows data = BinnedRows.Of(rows.Features, columns, rows.Weights, own.Bins, rows.MaxThreads, cancellationToken);
        // The final model grows beside the folds' and is cut back to the best round: six runs keep two, three or six threads busy.
        var runs = new BoostingRun[folds + 1];
        int inside = Math.Max(1, Chunks.Threads(rows.MaxThreads) / runs.Length);
        Chunks.For(
            runs.Length,
            rows.MaxThreads,
            fold => runs[fold] = new BoostingRun(
                data, rows.Labels, rows.Weights, fold == folds ? null : row => rows.Folds[row] == fold, own,
                fold == folds ? rows.Seed : rows.Seed + 1 + (ulong)fold, inside),
            cancellationToken);
        BoostingRun final = runs[^1];
        double weight = runs.Sum(run => run.HeldOutWeight);
        int best;
        do
        {
            Chunks.For(runs.Length, rows.MaxThreads, fold => Advance(runs[fold], own.Rounds, cancellationToken), cancellationToken);
            best = BestRounds(runs, -1);
            progress?.Report(new TrainingProgress(
                final.Rounds, final.TrainingLoss, null, runs.Sum(run => run.HeldOutLosses[^1]) / weight,
                (double)final.Rounds / Math.Min(own.Rounds, Math.Max(best, final.Rounds) + own.Patience)));
        }
        while (final.Rounds < own.Rounds && final.Rounds - best < own.Patience);

        Logits outOfFold = OutOfFold(rows, columns, runs[..folds], cancellationToken);
        return new LogitFit(Model(rows, columns, final, final.Trees().Take(best * final.Base.Length)), rows.Pipeline, outOfFold);
    }

    /// <summary>Fits a model of all rounds of the options to all rows: without folds, so with nothing to choose the rounds by.</summary>
    /// <param name="rows">The rows; their folds are not used.</param>
    /// <param name="progress">Receives the progress of the fit.</param>
    /// <param name="cancellationToken">Stops the work within a second.</param>
    /// <exception cref="ArgumentException">The rows have columns that trees don't take.</exception>
    public TreeModel FitRounds(
        LearnerRows rows, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        SplitColumn[] columns = ColumnsOf(rows);
        BoostedTreesOptions own = Bounded(rows, columns.Length, 1);
        BinnedRows data = BinnedRows.Of(rows.Features, columns, rows.Weights, own.Bins, rows.MaxThreads, cancellationToken);
        var run = new BoostingRun(data, rows.Labels, rows.Weights, null, own, rows.Seed, rows.MaxThreads);
        while (run.Rounds < own.Rounds)
        {
            cancellationToken.ThrowIfCancellationRequested();
            run.Advance(cancellationToken);
            progress?.Report(new TrainingProgress(run.Rounds, run.TrainingLoss, null, null, (double)run.Rounds / own.Rounds));
        }

        return Model(rows, columns, run, run.Trees());
    }

    private static SplitColumn[] ColumnsOf(LearnerRows rows) =>
        rows.Pipeline.SplitColumns(out string? reason) ?? throw new ArgumentException($"Trees can't be fitted: {reason}.", nameof(rows));

    private static void Advance(BoostingRun run, int most, CancellationToken cancellationToken)
    {
        for (int i = 0; i < RoundsPerCheck && run.Rounds < most; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            run.Advance(cancellationToken);
        }
    }

    /// <summary>The number of rounds after which the folds but one had the lowest held-out loss together; 0 where no tree lowers it is not
    /// told from 1.</summary>
    private static int BestRounds(BoostingRun[] runs, int but)
    {
        int best = 1;
        double least = double.PositiveInfinity;
        for (int round = 0; round < runs[0].Rounds; round++)
        {
            double loss = 0;
            for (int fold = 0; fold < runs.Length; fold++)
                loss += fold == but ? 0 : runs[fold].HeldOutLosses[round];

            if (loss < least)
                (least, best) = (loss, round + 1);
        }

        return best;
    }

    private static Logits OutOfFold(LearnerRows rows, SplitColumn[] columns, BoostingRun[] runs, CancellationToken cancellationToken)
    {
        var logits = LargeArray.Uninitialized<double>(checked(rows.Features.Rows * rows.Labels.Classes));
        int classes = rows.Labels.Classes;
        for (int fold = 0; fold < runs.Length; fold++)
        {
            int[] own = [.. Enumerable.Range(0, rows.Folds.Length).Where(row => rows.Folds[row] == fold)];
            TreeNodes trees = runs[fold].Trees();
            TreeModel model = Model(rows, columns, runs[fold], trees.Take(BestRounds(runs, fold) * runs[fold].Base.Length));
            Logits scored = model.Score(rows.Features.Select(own), rows.MaxThreads, cancellationToken);
            for (int i = 0; i < own.Length; i++)
                scored.Row(i).CopyTo(logits.AsSpan(own[i] * classes, classes));
        }

        return new Logits(logits, classes);
    }

    private static TreeModel Model(LearnerRows rows, SplitColumn[] columns, BoostingRun run, TreeNodes trees) =>
        new(rows.Features.Columns, rows.Labels.Classes, columns, run.Base, trees);

    /// <summary>Options that keep the work within its bound, and leaves that few rows can fill.</summary>
    private BoostedTreesOptions Bounded(LearnerRows rows, int columns, int folds)
    {
        int outputs = rows.Labels.Classes == 2 ? 1 : rows.Labels.Classes;
        double round = (double)rows.Features.Rows * columns * outputs * folds;
        int most = (int)Math.Clamp(mostWork / round, Math.Min(FewestRounds, options.Rounds), options.Rounds);
        return options with
        {
            Rounds = most,
            LearningRate = most == options.Rounds ? options.LearningRate
                : Math.Max(options.LearningRate, Math.Min(0.3, TypicalSteps / most)),
            RowsPerLeaf = Math.Max(1, Math.Min(options.RowsPerLeaf, rows.Features.Rows / 30)),
        };
    }
}
