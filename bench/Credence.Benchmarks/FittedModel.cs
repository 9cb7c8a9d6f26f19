using Credence.Data;
using Credence.Data.Scores;
using Credence.Linear;
using Credence.Numerics;
using Credence.Optimization;

namespace Credence.Benchmarks;

/// <summary>Measures any solver's weights by the one definition.</summary>
internal static class FittedModel
{
    /// <summary>Σ loss + ‖W‖²/2C, and log loss and accuracy on the test rows.</summary>
    public static TrainingResult Measure(string name, double seconds, TrainingSet set, float[] weights, double[] bias)
    {
        var model = new SoftmaxModel(weights, bias, new Certificate
        {
            Objective = 0,
            Loss = 0,
            GradientNorm = 0,
            Passes = 0,
            Iterations = 0,
            StopReason = StopReason.NoProgress,
            Solver = name,
            Reason = "",
        });
        double square = 0;
        foreach (float weight in weights)
            square += (double)weight * weight;
        (double train, _) = Losses(model.Score(set.Train), set.TrainLabels);
        (double test, double accuracy) = Losses(model.Score(set.Test), set.TestLabels);
        return new TrainingResult(name, seconds, (train * set.Train.Rows) + (square / (2 * set.C)), test, accuracy);
    }

    private static (double LogLoss, double Accuracy) Losses(Logits logits, Labels labels)
    {
        double sum = 0;
        int right = 0;
        for (int i = 0; i < logits.Rows; i++)
        {
            ReadOnlySpan<double> z = logits.Row(i);
            sum += LogSumExp.Compute(z) - z[labels[i]];
            int best = 0;
            for (int k = 1; k < z.Length; k++)
                best = z[k] > z[best] ? k : best;
            right += best == labels[i] ? 1 : 0;
        }

        return (sum / logits.Rows, (double)right / logits.Rows);
    }
}
