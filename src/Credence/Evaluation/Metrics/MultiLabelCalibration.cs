using Credence.Data;
using Credence.Data.Scores;
using Credence.Numerics;

namespace Credence.Evaluation.Metrics;

/// <summary>The calibration of each class's probability where rows may have several classes: its binned error, its test, and both for a
/// calibrated model.</summary>
internal sealed class MultiLabelCalibration
{
    private MultiLabelCalibration(int classes, int draws)
    {
        (Errors, Means, PValues, Draws) = (new double[classes], new double[classes], new double[classes], new double[classes][]);
        for (int k = 0; k < classes; k++)
            Draws[k] = new double[draws];
    }

    /// <summary>The expected calibration error of each class.</summary>
    public double[] Errors { get; }

    /// <summary>The mean probability of each class.</summary>
    public double[] Means { get; }

    /// <summary>The p-value of each class; NaN where there are too few rows to test.</summary>
    public double[] PValues { get; }

    /// <summary>The error of each class in each draw of labels from the probabilities themselves, [classes][draws].</summary>
    public double[][] Draws { get; }

    /// <summary>Measures.</summary>
    public static MultiLabelCalibration Compute(
        Probabilities probabilities, LabelSets truth, double[] weights, EqualWidthBins bins, int draws, Rng rng, int maxThreads,
            CancellationToken cancellationToken)
    {
        var measured = new MultiLabelCalibration(truth.Classes, draws);
        Chunks.For(truth.Classes, maxThreads, k =>
            measured.Measure(k, probabilities, truth, weights, bins, rng.Split((ulong)k)), cancellationToken);
        return measured;
    }

    private void Measure(int k, Probabilities probabilities, LabelSets truth, double[] weights, EqualWidthBins bins, Rng rng)
    {
        int rows = probabilities.Rows;
        var expected = new double[bins.Count];
        var gaps = new double[bins.Count];
        var cells = new int[rows];
        var test = new ScoreTests(1);
        for (int row = 0; row < rows; row++)
        {
            double p = probabilities.Row(row)[k], weight = weights[row] / rows;
            cells[row] = bins.Of(p);
            expected[cells[row]] += weight * p;
            Means[k] += weight * p;
            test.Expect([p], weights[row]);
            if (truth[row].BinarySearch(k) < 0)
                continue;

            gaps[cells[row]] -= weight;
            test.Happen(0, p, weights[row]);
        }

        for (int bin = 0; bin < gaps.Length; bin++)
            gaps[bin] += expected[bin];
        Errors[k] = BinnedCalibrationError.ExpectedCalibrationError(gaps);
        PValues[k] = test.PValue(0);
        for (int draw = 0; draw < Draws[k].Length; draw++)
        {
            expected.CopyTo(gaps, 0);
            for (int row = 0; row < rows; row++)
            {
                if (rng.NextDouble() < probabilities.Row(row)[k])
                    gaps[cells[row]] -= weights[row] / rows;
            }

            Draws[k][draw] = BinnedCalibrationError.ExpectedCalibrationError(gaps);
        }
    }
}
