using Credence.Calibration.Scaling;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Numerics;

namespace Credence.Evaluation.Metrics;

/// <summary>Log loss and Brier score in two parts: the reduction by the temperature of least log loss (calibration), and the rest
/// (refinement)
/// (J. Bröcker 2009; by recalibration, E. Berta and others 2025).</summary>
/// <remarks>Were the probabilities right, the slope s of the mean log loss at temperature one would be chance alone, the fitted 1/T
/// 1 − s/I with I the mean variance of ln p within rows, and the gain s²/2I: that is how drawn labels give its value for a calibrated model
/// without fitting anew; the Brier score's follows from its own slope and curvature there.</remarks>
internal sealed class CalibrationRefinementDecomposition
{
    private CalibrationRefinementDecomposition(int rows)
    {
        LogLoss = new double[rows];
        Brier = new double[rows];
        Confidence = new double[rows];
        MeanLog = new double[rows];
        BrierSlope = new double[rows];
    }

    /// <summary>T.</summary>
    public double Temperature { get; private set; } = 1;

    /// <summary>Rows whose true class has probability 0, which no temperature changes.</summary>
    public int ImpossibleRows { get; private set; }

    /// <summary>−ln p(label) at T, one per row.</summary>
    public double[] LogLoss { get; }

    /// <summary>The Brier score at T, one per row.</summary>
    public double[] Brier { get; }

    /// <summary>The top label's probability at T, one per row.</summary>
    public double[] Confidence { get; }

    /// <summary>Σ p ln p of each row.</summary>
    public double[] MeanLog { get; }

    /// <summary>2 Σ p² (ln p − Σ p ln p) of each row: what of the Brier score's slope does not depend on the label.</summary>
    public double[] BrierSlope { get; }

    /// <summary>The mean variance of ln p within rows: the curvature of the log loss at T = 1.</summary>
    public double Information { get; private set; }

    /// <summary>The curvature of the Brier score at T = 1 where the probabilities are right.</summary>
    public double BrierCurvature { get; private set; }

    /// <summary>Fits the temperature and splits.</summary>
    public static CalibrationRefinementDecomposition Compute(
        Probabilities probabilities, Labels labels, ScoredRows scored, int maxThreads, CancellationToken cancellationToken)
    {
        var split = new CalibrationRefinementDecomposition(scored.Count);
        var logits = new LogitRows(probabilities);
        split.ImpossibleRows = scored.LogLoss.Count(double.IsPositiveInfinity);
        double beta = probabilities.Classes < 2 ? 1 : TemperatureScaling.FitBeta(logits, labels, scored.Weights, maxThreads);
        split.Temperature = 1 / beta;

        int size = Math.Max(1, (1 << 16) / probabilities.Classes);
        var partial = new (double Information, double Curvature)[Chunks.Count(scored.Count, size)];
        Chunks.For(
            partial.Length,
            maxThreads,
            chunk =>
            {
                double[] scratch = new double[probabilities.Classes], z = new double[probabilities.Classes];
                (double information, double curvature) = (0, 0);
                for (int row = chunk * size; row < Math.Min(scored.Count, (chunk + 1) * size); row++)
                {
                    logits.Read(row, 1, z);
                    (double variance, double curve) = split.Slopes(row, probabilities.Row(row), z);
                    information += scored.Weights[row] * variance;
                    curvature += scored.Weights[row] * curve;
                    split.Rescore(row, z, labels[row], scored.Predicted[row], beta, scratch);
                }

                partial[chunk] = (information / scored.Count, curvature / scored.Count);
            },
            cancellationToken);
        foreach ((double information, double curvature) in partial)
        {
            split.Information += information;
            split.BrierCurvature += curvature;
        }

        return split;
    }

    /// <summary>The reduction of both scores by a temperature, given these slopes.</summary>
    public (double LogLoss, double Brier) Gain(double slope, double brierSlope)
    {
        if (!(Information > 0))
            return (0, 0);

        double step = -slope / Information;
        return (slope * slope / (2 * Information), -(brierSlope * step) - (BrierCurvature * step * step / 2));
    }

    private (double Variance, double Curvature) Slopes(int row, ReadOnlySpan<double> p, ReadOnlySpan<double> z)
    {
        (double mean, double square, double squares, double cross, double spread) = EntropyMoments.Compute(p, z);
        MeanLog[row] = mean;
        BrierSlope[row] = 2 * (cross - (squares * mean));
        return (Math.Max(0, square - (mean * mean)), 2 * spread);
    }

    private void Rescore(int row, ReadOnlySpan<double> z, int label, int top, double beta, double[] scratch)
    {
        double max = z[top];
        DoubleVectors.ShiftAndScale(z, max, beta, scratch);
        Exp.Apply(scratch, scratch);
        double sum = DoubleVectors.Sum(scratch), squares = DoubleVectors.Dot(scratch, scratch);
        double truth = scratch[label] / sum;
        LogLoss[row] = Log.Compute(sum) - (beta * (z[label] - max));
        Brier[row] = (squares / (sum * sum)) - (truth * truth) + ((1 - truth) * (1 - truth));
        Confidence[row] = Math.Min(1, 1 / sum);
    }
}
