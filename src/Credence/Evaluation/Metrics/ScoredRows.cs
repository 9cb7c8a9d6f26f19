using Credence.Data;
using Credence.Data.Scores;
using Credence.Evaluation.Results;
using Credence.Numerics;
using Credence.Threading;

namespace Credence.Evaluation.Metrics;

/// <summary>Each row's contribution to the metrics, from one pass over the probabilities.</summary>
internal sealed class ScoredRows
{
    /// <summary>The largest k of a top-k metric.</summary>
    public const int Top = 5;

    private const int ChunkElements = 1 << 16;

    private readonly IRowScore[] scores = [.. MetricCatalog.Scores.Select(metric => metric.Score!)];

    private ScoredRows(int rows)
    {
        Scores = [.. scores.Select(_ => new double[rows])];
        Terms = [.. scores.Select(_ => new double[rows])];
        Truth = new int[rows];
        Predicted = new int[rows];
        Confidence = new double[rows];
        LogLoss = Scores[MetricCatalog.IndexOf(MetricCatalog.Scores, MetricName.LogLoss)];
        Top3 = new double[rows];
        Top5 = new double[rows];
        Top3Sum = new double[rows];
        Top5Sum = new double[rows];
        Weights = new double[rows];
    }

    public int Count => Truth.Length;

    public int[] Truth { get; }

    public int[] Predicted { get; }

    /// <summary>The largest probability.</summary>
    public double[] Confidence { get; }

    /// <summary>A column for each of <see cref="MetricCatalog.Scores"/>: the score of each row.</summary>
    public double[][] Scores { get; }

    /// <summary>The same of the term that does not depend on the label.</summary>
    public double[][] Terms { get; }

    /// <summary>−ln p(label), one of the scores.</summary>
    public double[] LogLoss { get; }

    /// <summary>Whether the label is among the three most probable classes, expected over the order of equal ones.</summary>
    public double[] Top3 { get; }

    /// <summary>Whether the label is among the five most probable classes, expected over the order of equal ones.</summary>
    public double[] Top5 { get; }

    /// <summary>The sum of the three largest probabilities: the expected value of <see cref="Top3"/> for a calibrated model.</summary>
    public double[] Top3Sum { get; }

    /// <summary>The sum of the five largest probabilities.</summary>
    public double[] Top5Sum { get; }

    /// <summary>Weights, scaled to mean one.</summary>
    public double[] Weights { get; }

    /// <summary>Whether all weights are equal.</summary>
    public bool IsUnweighted { get; private set; } = true;

    /// <summary>The effective number of rows: n² / Σ w² (L. Kish 1965), fewer where rows are
    /// in clusters.</summary>
    public double EffectiveCount
    {
        get
        {
            double squares = 0;
            foreach (double weight in Weights)
                squares += weight * weight;
            return Math.Max(1, RowWeights.EffectiveSize(Count, squares) / (Clusters?.DesignEffect ?? 1));
        }
    }

    /// <summary>The clusters of rows that depend on each other; null where all rows are independent.</summary>
    public RowClusters? Clusters { get; private set; }

    public bool IsCorrect(int row) => Truth[row] == Predicted[row];

    /// <summary>Scores every row.</summary>
    /// <exception cref="ArgumentException">Shapes differ, a value is not a probability, a label is missing or a weight is out of
    /// range.</exception>
    public static ScoredRows From(
        Probabilities probabilities, Labels labels, double[]? weights, int maxThreads, CancellationToken cancellationToken,
        IReadOnlyList<int>? clusters = null)
    {
        ScoreCheck.Together(probabilities.Rows, probabilities.Classes, labels);
        if (probabilities.Rows == 0)
            throw new ArgumentException("An evaluation needs at least one row; there are none.", nameof(probabilities));

        int missing = labels.Indices.IndexOf(Labels.Missing);
        if (missing >= 0)
            throw new ArgumentException($"Row {missing} has no label; only rows whose label is known can be evaluated.", nameof(labels));

        var scored = new ScoredRows(probabilities.Rows);
        scored.SetWeights(weights);
        int size = Math.Max(1, ChunkElements / probabilities.Classes);
        Pieces.For(
            Chunks.Count(scored.Count, size),
            maxThreads,
            chunk =>
            {
                Span<double> largest = stackalloc double[Top];
                int end = Math.Min(scored.Count, (chunk + 1) * size);
                for (int row = chunk * size; row < end; row++)
                    scored.Score(row, probabilities.Row(row), labels[row], largest);
            },
            cancellationToken);
        if (clusters is not null)
            scored.Clusters = RowClusters.Of(clusters, scored);

        return scored;
    }

    /// <summary>The weighted mean of a column.</summary>
    public double Mean(double[] column)
    {
        double sum = 0;
        for (int row = 0; row < Count; row++)
        {
            if (Weights[row] > 0)
                sum += Weights[row] * column[row];
        }

        return sum / Count;
    }

    private void Score(int row, ReadOnlySpan<double> p, int label, Span<double> largest)
    {
        ScoreCheck.Row(p, row, "probabilities");
        double truth = p[label];
        largest.Clear();
        double squares = DoubleVectors.Dot(p, p);
        (int better, int equal) = RowRank.Compute(p, truth, largest);
        int top = Math.Max(0, DoubleVectors.IndexOf(p, largest[0]));
        Truth[row] = label;
        Predicted[row] = top;
        Confidence[row] = Math.Min(1, p[top]);
        for (int score = 0; score < scores.Length; score++)
        {
            Scores[score][row] = scores[score].Of(p, label, squares);
            Terms[score][row] = scores[score].Term(p, squares);
        }

        Top3[row] = Math.Clamp((3.0 - better) / equal, 0, 1);
        Top5[row] = Math.Clamp((5.0 - better) / equal, 0, 1);
        Top3Sum[row] = Math.Min(1, largest[0] + largest[1] + largest[2]);
        Top5Sum[row] = Math.Min(1, largest[0] + largest[1] + largest[2] + largest[3] + largest[4]);
    }

    private void SetWeights(double[]? weights)
    {
        Array.Fill(Weights, 1);
        if (weights is null)
            return;

        double sum = RowWeights.Check(weights, Count);
        IsUnweighted = !weights.AsSpan().ContainsAnyExcept(weights[0]);
        if (IsUnweighted)
            return;

        for (int row = 0; row < Count; row++)
            Weights[row] = weights[row] * (Count / sum);
    }
}
