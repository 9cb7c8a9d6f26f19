using Credence.Calibration.Scaling;
using Credence.Data;
using Credence.Data.Scores;

namespace Credence.Networks;

/// <summary>The mean log loss after temperature scaling: what calibration will leave of it.</summary>
internal static class ScaledLoss
{
    /// <summary>The mean of −ln softmax(z/T)[label] with the T that suits these rows best; 0 for no rows.</summary>
    public static double Compute(Logits logits, Labels labels, ReadOnlySpan<double> weights)
    {
        if (labels.Count == 0)
            return 0;

        var rows = new LogitRows(logits);
        return new TemperatureLoss(rows, labels, weights, 1).At(TemperatureScaling.FitBeta(rows, labels, weights, 1)).Loss;
    }
}
