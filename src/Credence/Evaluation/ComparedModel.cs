using Credence.Data;
using Credence.Data.Scores;
using Credence.Evaluation.Metrics;

namespace Credence.Evaluation;

/// <summary>One of two compared models: its rows in its own order of confidence, their weights by row.</summary>
internal sealed class ComparedModel
{
    private readonly SortedRows sorted;
    private readonly RefinedRows refined;

    public ComparedModel(Probabilities probabilities, Labels labels, double[]? weights, int maxThreads, CancellationToken cancellationToken)
    {
        ScoredRows scored = ScoredRows.From(probabilities, labels, weights, maxThreads, cancellationToken);
        sorted = new SortedRows(scored);
        CalibrationRefinementDecomposition split =
            CalibrationRefinementDecomposition.Compute(probabilities, labels, scored, maxThreads, cancellationToken);
        refined = new RefinedRows(sorted.Ordered(split.LogLoss), sorted.Ordered(split.Brier));
        Weights = scored.Weights;
    }

    /// <summary>One weight per row, of mean one.</summary>
    public double[] Weights { get; }

    /// <summary>The metrics under weights by row.</summary>
    public RowMetrics Of(ReadOnlySpan<double> byRow, double[] ordered, ClassCounts counts)
    {
        for (int i = 0; i < ordered.Length; i++)
            ordered[i] = byRow[sorted.Rows[i]];
        return RowMetrics.Compute(sorted, refined, ordered, counts);
    }
}
