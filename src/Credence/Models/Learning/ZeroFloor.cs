using Credence.Calibration;
using Credence.Calibration.Scaling;
using Credence.Calibration.Selection;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Numerics;

namespace Credence.Models.Learning;

/// <summary>Chooses the probability that stands for 0 where scores take few values: half a step, which is the most that 0 can stand for
/// after rounding, or a smaller part of it where the labels say so clearly.</summary>
/// <remarks>A share of votes that is 0 may well be half a vote; a number that was rounded to 0 is often far smaller than half a
/// step.</remarks>
internal static class ZeroFloor
{
    private static readonly double[] Parts = [1, 0.4, 0.1, 0.02];

    /// <summary>The floor of least log loss under a temperature; a smaller one only where the loss falls by more than one standard error,
    /// row by row.</summary>
    /// <param name="half">Half a step, the largest floor.</param>
    /// <param name="probabilities">[n, K].</param>
    /// <param name="labels">n labels, none missing.</param>
    /// <param name="weights">n weights, or none.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core.</param>
    public static double Choose(
        double half, Probabilities probabilities, Labels labels, ReadOnlySpan<double> weights, int maxThreads)
    {
        var losses = new double[Parts.Length][];
        var means = new double[Parts.Length];
        for (int i = 0; i < losses.Length; i++)
        {
            losses[i] = Losses(Parts[i] * half, probabilities, labels, weights, maxThreads);
            means[i] = SelectionOutcome.Mean(losses[i], [], weights).Mean;
        }

        int best = Array.IndexOf(means, means.Min());
        (double gain, double error) = SelectionOutcome.Mean(losses[0], losses[best], weights);
        return gain > error ? Parts[best] * half : half;
    }

    private static double[] Losses(
        double floor, Probabilities probabilities, Labels labels, ReadOnlySpan<double> weights, int maxThreads)
    {
        var logits = Logits.FromProbabilities(probabilities, floor, maxThreads);
        TemperatureScaling temperature = TemperatureScaling.Fit(logits, labels, weights, maxThreads);
        var losses = new double[labels.Count];
        CalibratedRows.Visit(temperature, logits, maxThreads, (row, p) => losses[row] = -Log.Compute(p[labels[row]]));
        return losses;
    }
}
