using System.Numerics;
using System.Runtime.Intrinsics;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Numerics;
using Credence.Threading;

namespace Credence.Evaluation.Metrics;

/// <summary>What each row adds to the figures, found in one pass over the probabilities.</summary>
internal sealed class ScoredRows
{
    /// <summary>The most classes a top-k figure looks at.</summary>
    public const int Top = 5;

    private const int ChunkElements = 1 << 16;

    private ScoredRows(int rows)
    {
        Truth = new int[rows];
        Predicted = new int[rows];
        Confidence = new double[rows];
        LogLoss = new double[rows];
        Brier = new double[rows];
        Spherical = new double[rows];
        Squares = new double[rows];
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

    /// <summary>−ln p(label).</summary>
    public double[] LogLoss { get; }

    /// <summary>Σ_k (p_k − [k = label])².</summary>
    public double[] Brier { get; }

    /// <summary>p(label) / ‖p‖.</summary>
    public double[] Spherical { get; }

    /// <summary>Σ_k p_k².</summary>
    public double[] Squares { get; }

    /// <summary>Whether the label is among the three most probable classes, expected over the order of equal ones.</summary>
    public double[] Top3 { get; }

    /// <summary>Whether the label is among the five most probable classes, likewise.</summary>
    public double[] Top5 { get; }

    /// <summary>The sum of the three largest probabilities: what <see cref="Top3"/> would be on average.</summary>
    public double[] Top3Sum { get; }

    /// <summary>The sum of the five largest probabilities.</summary>
    public double[] Top5Sum { get; }

    /// <summary>Weights, scaled to mean one.</summary>
    public double[] Weights { get; }

    /// <summary>Whether all weights are equal.</summary>
    public bool IsUnweighted { get; private set; } = true;

    /// <summary>How many rows of equal weight would tell as much: n² / Σ w² (L. Kish 1965).</summary>
    public double EffectiveCount
    {
        get
        {
            double squares = 0;
            foreach (double weight in Weights)
                squares += weight * weight;
            return (double)Count * Count / squares;
        }
    }

    public bool IsCorrect(int row) => Truth[row] == Predicted[row];

    /// <summary>Scores every row.</summary>
    /// <exception cref="ArgumentException">Shapes differ, a value is no probability, a label is missing or a weight is unfit.</exception>
    public static ScoredRows From(Probabilities probabilities, Labels labels, double[]? weights, int threads, CancellationToken cancellationToken)
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
            threads,
            chunk =>
            {
                Span<double> largest = stackalloc double[Top];
                int end = Math.Min(scored.Count, (chunk + 1) * size);
                for (int row = chunk * size; row < end; row++)
                    scored.Score(row, probabilities.Row(row), labels[row], largest);
            },
            cancellationToken);
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
        double squares = Lanes.Dot(p, p);
        Vector512<double> own = Vector512.Create(truth);
        int better = 0, equal = 0, k = 0;
        for (; k <= p.Length - Lanes.Width; k += Lanes.Width)
        {
            Vector512<double> values = Lanes.At(p, k);
            better += BitOperations.PopCount(Vector512.GreaterThan(values, own).ExtractMostSignificantBits());
            equal += BitOperations.PopCount(Vector512.Equals(values, own).ExtractMostSignificantBits());
            if (Vector512.GreaterThanAny(values, Vector512.Create(largest[Top - 1])))
                Insert(largest, p.Slice(k, Lanes.Width));
        }

        for (int rest = k; rest < p.Length; rest++)
        {
            better += p[rest] > truth ? 1 : 0;
            equal += p[rest] == truth ? 1 : 0;
        }

        Insert(largest, p[k..]);
        int top = Math.Max(0, Lanes.IndexOf(p, largest[0]));
        Truth[row] = label;
        Predicted[row] = top;
        Confidence[row] = Math.Min(1, p[top]);
        LogLoss[row] = -Log.Compute(truth);
        Brier[row] = squares - (truth * truth) + ((1 - truth) * (1 - truth));
        Spherical[row] = truth / Math.Sqrt(squares);
        Squares[row] = squares;
        Top3[row] = Math.Clamp((3.0 - better) / equal, 0, 1);
        Top5[row] = Math.Clamp((5.0 - better) / equal, 0, 1);
        Top3Sum[row] = Math.Min(1, largest[0] + largest[1] + largest[2]);
        Top5Sum[row] = Math.Min(1, largest[0] + largest[1] + largest[2] + largest[3] + largest[4]);
    }

    private static void Insert(Span<double> largest, ReadOnlySpan<double> values)
    {
        foreach (double value in values)
        {
            if (!(value > largest[^1]))
                continue;

            int place = largest.Length - 1;
            while (place > 0 && largest[place - 1] < value)
            {
                largest[place] = largest[place - 1];
                place--;
            }

            largest[place] = value;
        }
    }

    private void SetWeights(double[]? weights)
    {
        Array.Fill(Weights, 1);
        if (weights is null)
            return;

        if (weights.Length != Count)
            throw new ArgumentException($"There are {Count} rows and {weights.Length} weights; there must be as many.", nameof(weights));

        double sum = 0;
        for (int row = 0; row < Count; row++)
        {
            if (!(weights[row] >= 0 && double.IsFinite(weights[row])))
                throw new ArgumentException($"'{nameof(weights)}' row {row} is {weights[row]}; a weight is finite and not negative.", nameof(weights));

            sum += weights[row];
            IsUnweighted &= weights[row] == weights[0];
        }

        if (!(sum > 0 && double.IsFinite(sum)))
            throw new ArgumentException($"'{nameof(weights)}' sum to {sum}; the sum must be positive and finite.", nameof(weights));

        if (IsUnweighted)
            return;

        for (int row = 0; row < Count; row++)
            Weights[row] = weights[row] * (Count / sum);
    }
}
