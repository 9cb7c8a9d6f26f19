using Credence.Conformal;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Numerics;

namespace Credence.Tests.Support;

/// <summary>Rows whose true class is drawn first and whose logits follow from it, so that the softmax of the logits is calibrated
/// at temperature 1 and under the prior they were drawn with.</summary>
internal sealed record SimulatedScores(Probabilities Probabilities, Labels Labels, Logits Logits)
{
    public ulong[] Keys => [.. Enumerable.Range(0, Labels.Count).Select(RowKey.Of)];

    /// <summary>Draws rows; a temperature other than 1 makes the probabilities too sure (below 1) or too unsure.</summary>
    public static SimulatedScores Draw(int rows, int classes, ulong seed, double temperature = 1, double[]? prior = null) =>
        Draw(rows, classes, seed, temperature, prior ?? [.. Enumerable.Repeat(1.0 / classes, classes)], null);

    /// <summary>Draws rows of another prior, scored by the model of <paramref name="source"/>, which knows nothing of it.</summary>
    public static SimulatedScores DrawLike(SimulatedScores source, int rows, ulong seed, double[] prior)
    {
        int[] counts = source.Labels.Counts();
        return Draw(rows, prior.Length, seed, 1, prior, [.. counts.Select(count => (double)count / source.Labels.Count)]);
    }

    public static SimulatedScores Concatenate(SimulatedScores first, SimulatedScores second) => new(
        new Probabilities([.. first.Probabilities.Values, .. second.Probabilities.Values], first.Probabilities.Classes),
        new Labels([.. first.Labels.Indices, .. second.Labels.Indices], first.Labels.Names),
        new Logits([.. first.Logits.Values, .. second.Logits.Values], first.Logits.Classes));

    private static SimulatedScores Draw(int rows, int classes, ulong seed, double temperature, double[] prior, double[]? modelPrior)
    {
        // x ~ N(2·e_y, I): the posterior is the softmax of 2·x_k + ln prior_k.
        var rng = new Rng(seed);
        var logits = new double[rows * classes];
        var labels = new int[rows];
        for (int row = 0; row < rows; row++)
        {
            double u = rng.NextDouble();
            int label = 0;
            while (label < classes - 1 && (u -= prior[label]) >= 0)
                label++;

            labels[row] = label;
            for (int k = 0; k < classes; k++)
            {
                double x = rng.NextNormal() + (k == label ? 2 : 0);
                logits[(row * classes) + k] = ((2 * x) + Log.Compute((modelPrior ?? prior)[k])) / temperature;
            }
        }

        var probabilities = new double[logits.Length];
        Softmax.ForwardRows(logits, classes, probabilities);
        string[] names = [.. Enumerable.Range(0, classes).Select(k => $"c{k}")];
        return new SimulatedScores(new Probabilities(probabilities, classes), new Labels(labels, names), new Logits(logits, classes));
    }
}
