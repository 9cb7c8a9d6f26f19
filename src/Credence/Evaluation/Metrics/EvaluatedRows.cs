using Credence.Data;
using Credence.Data.Scores;
using Credence.Evaluation.Results;
using Credence.Numerics;

namespace Credence.Evaluation.Metrics;

/// <summary>The quantities of rows from which their metrics are computed, each computed once and shared.</summary>
internal sealed class EvaluatedRows
{
    /// <summary>[rows, classes].</summary>
    public required Probabilities Probabilities { get; init; }

    /// <summary>The true classes.</summary>
    public required Labels Labels { get; init; }

    /// <summary>How to evaluate.</summary>
    public required EvaluationOptions Options { get; init; }

    /// <summary>The random generator; a metric that draws splits off its own stream.</summary>
    public required Rng Rng { get; init; }

    /// <summary>Cancels the work.</summary>
    public required CancellationToken CancellationToken { get; init; }

    /// <summary>What one pass over the probabilities gives for each row.</summary>
    public required ScoredRows Scored { get; init; }

    /// <summary>The rows in the order of confidence.</summary>
    public required SortedRows Sorted { get; init; }

    /// <summary>Bins, groups and grids of the confidences.</summary>
    public required CalibrationMetrics Calibration { get; init; }

    /// <summary>The calibration errors that are functions of which rows are right.</summary>
    public required CalibrationErrors Errors { get; init; }

    /// <summary>The three parts of the top label's Brier score.</summary>
    public required CorpDecomposition Corp { get; init; }

    /// <summary>The reduction of the scores by the best temperature.</summary>
    public required CalibrationRefinementDecomposition Split { get; init; }

    /// <summary>The rows with labels drawn from the probabilities.</summary>
    public required NullDraw[] Nulls { get; init; }

    /// <summary>The sampling noise of the calibration errors; its draws are <see cref="Moves"/>.</summary>
    public required CalibrationSpread Spread { get; init; }

    /// <summary>The draws of <see cref="Spread"/>; empty where no intervals are asked for.</summary>
    public required SpreadDraw[] Moves { get; init; }

    /// <summary>How well each class is ranked against the others.</summary>
    public required Ranking Ranking { get; init; }

    /// <summary>Means over rows, and what follows from which rows are right.</summary>
    public required RowMetrics Means { get; init; }

    /// <summary>The intervals of those.</summary>
    public required RowIntervals Around { get; init; }

    /// <summary>Bins of the binned errors.</summary>
    public int Bins => Options.Bins;

    /// <summary>The effective number of rows.</summary>
    public required double Effective { get; init; }

    /// <summary>Whether intervals are asked for.</summary>
    public bool HasIntervals => Options.BootstrapDraws > 0;

    /// <summary>A value of each draw of labels.</summary>
    public double[] Drawn(Func<NullDraw, double> value) => [.. Nulls.Select(value)];

    /// <summary>A value of each draw of noise.</summary>
    public T[] Moved<T>(Func<SpreadDraw, T> move) => [.. Moves.Select(move)];

    /// <summary>The interval of a share of the rows.</summary>
    public Interval Share(double value) => Interval.Wilson(value, Effective);
}
