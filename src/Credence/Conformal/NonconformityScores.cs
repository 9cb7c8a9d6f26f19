using Credence.Data.Scores;
using Credence.Numerics;
using Credence.Threading;

namespace Credence.Conformal;

/// <summary>Computes <see cref="ConformalScore"/> for every class of a row. Calibration and prediction go through the same code,
/// so a calibration row's own score is reproduced exactly.</summary>
internal sealed class NonconformityScores
{
    private const int PieceValues = 1 << 18;
    private readonly ConformalOptions options;
    private readonly double[] keys;
    private readonly int[] order;

    public NonconformityScores(ConformalOptions options, int classes)
    {
        this.options = options;
        keys = new double[classes];
        order = new int[classes];
    }

    /// <summary>Runs an action for every row, in parallel and in no order, with the buffers needed to score a row.</summary>
    public static void ForRows(ConformalOptions options, int rows, int classes, Action<int, NonconformityScores, double[]> body)
    {
        int size = Math.Max(1, PieceValues / classes);
        Pieces.For(Chunks.Count(rows, size), 0, piece =>
        {
            var scoring = new NonconformityScores(options, classes);
            var scores = new double[classes];
            for (int row = piece * size; row < Math.Min(rows, (piece + 1) * size); row++)
                body(row, scoring, scores);
        });
    }

    /// <summary>Writes the score of each class; 0 for the most probable one, unless sets may be empty.</summary>
    public void Compute(ReadOnlySpan<double> probabilities, ulong rowKey, Span<double> scores)
    {
        switch (options.Score)
        {
            case ConformalScore.Lac:
                for (int k = 0; k < probabilities.Length; k++)
                    scores[k] = 1 - probabilities[k];

                break;
            case ConformalScore.Margin:
                Margin(probabilities, scores);
                break;
            default:
                Ranked(probabilities, options.Randomised ? 1 - RowKey.Uniform(rowKey, options.Seed) : 1, scores);
                break;
        }

        // No score is below 0 then, so no quantile is, and the most probable class is in every set.
        if (!options.AllowEmptySets)
            scores[Confidence.Top(probabilities)] = 0;
    }

    private static void Margin(ReadOnlySpan<double> probabilities, Span<double> scores)
    {
        int top = Confidence.Top(probabilities);
        double second = double.NegativeInfinity;
        for (int k = 0; k < probabilities.Length; k++)
        {
            scores[k] = probabilities[top] - probabilities[k];
            if (k != top && probabilities[k] > second)
                second = probabilities[k];
        }

        // Against the best of the others; a single class keeps 0.
        if (probabilities.Length > 1)
            scores[top] = second - probabilities[top];
    }

    private void Ranked(ReadOnlySpan<double> probabilities, double v, Span<double> scores)
    {
        Sort(probabilities);
        double better = 0;
        for (int r = 0; r < order.Length; r++)
        {
            double p = probabilities[order[r]];
            scores[order[r]] = options.Score switch
            {
                ConformalScore.Aps => better + (v * p),
                ConformalScore.Raps => better + (v * p) + (options.RapsPenalty * Math.Max(0, r + 1 - options.RapsRank)),
                ConformalScore.Saps => r == 0 ? v * p : probabilities[order[0]] + (options.SapsWeight * (r - 1 + v)),
                _ => r + v,
            };
            better += p;
        }
    }

    private void Sort(ReadOnlySpan<double> probabilities)
    {
        for (int k = 0; k < order.Length; k++)
        {
            keys[k] = -probabilities[k];
            order[k] = k;
        }

        DescendingOrder.Sort(keys, order);
    }
}
