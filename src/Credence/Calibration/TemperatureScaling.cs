using System.Text.Json.Nodes;
using Credence.Data;
using Credence.Numerics;

namespace Credence.Calibration;

/// <summary>softmax(z / T): one number that makes all rows less or more sure and leaves their order (C. Guo et al., On Calibration of
/// Modern Neural Networks, 2017).</summary>
public sealed class TemperatureScaling : ICalibrator
{
    /// <summary>The bound of |ln T|.</summary>
    public const double LogBound = 10;

    private const int MostSteps = 100;

    private TemperatureScaling(double beta, int classes)
    {
        Beta = beta;
        Classes = classes;
    }

    /// <inheritdoc/>
    public string Method => "temperature";

    /// <inheritdoc/>
    public int Classes { get; }

    /// <summary>T: above 1 the logits were too sure.</summary>
    public double Temperature => 1 / Beta;

    /// <summary>1 / T, what the logits are multiplied by.</summary>
    public double Beta { get; }

    /// <inheritdoc/>
    public IReadOnlyList<CalibratorParameter> Parameters => [new("temperature", Temperature)];

    /// <summary>The temperature of least mean log loss, |ln T| ≤ 10.</summary>
    /// <remarks>
    /// The loss is convex in β = 1/T; its root is bracketed in ln β and found by Newton steps, bisection where they leave the bracket.
    /// Where every row is right the loss would fall for ever: n rows without an error support a mean loss of 1/(n + 2), no less
    /// (Laplace's rule of succession), and the temperature that has it is taken. Rows whose class is impossible (−∞) are left out.
    /// </remarks>
    /// <param name="logits">[n, K].</param>
    /// <param name="labels">n labels, none missing.</param>
    /// <param name="weights">n weights from 0 up, or none.</param>
    /// <param name="threads">The most threads to use; 0 for one a core. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">Lengths differ, a label is missing, or a logit is NaN or +∞.</exception>
    public static TemperatureScaling Fit(Logits logits, Labels labels, ReadOnlySpan<double> weights = default, int threads = 0)
    {
        CalibrationRows.Check(logits, labels, weights);
        return new TemperatureScaling(FitBeta(new TemperatureLoss(logits, labels, weights, threads)), logits.Classes);
    }

    internal static double FitBeta(TemperatureLoss loss)
    {
        if (loss.Rows == 0)
            return 1;

        // With only one class every β is as good.
        double leastLoss = loss.IsSeparable ? 1.0 / (loss.Rows + 2) : 0;
        double low = -LogBound, high = LogBound, u = 0;
        for (int step = 0; step < MostSteps; step++)
        {
            double beta = Exp.Compute(u);
            (double value, double slope, double curvature) = loss.At(beta);
            if (slope == 0 && curvature == 0)
                return beta;

            // The root sought: of the slope, or, where there is none, of the loss's distance to the least that n rows support.
            double f = loss.IsSeparable ? leastLoss - value : slope;
            double df = beta * (loss.IsSeparable ? -slope : curvature);
            if (f > 0)
                high = u;
            else
                low = u;

            double next = u - (f / df);
            if (!(next > low && next < high))
                next = (low + high) / 2;

            if (f == 0 || Math.Abs(next - u) <= 1e-13 * Math.Max(1, Math.Abs(u)))
                return Exp.Compute(next);

            u = next;
        }

        return Exp.Compute(u);
    }

    /// <inheritdoc/>
    public Probabilities Apply(Logits logits, int threads = 0)
    {
        CalibrationRows.Check(logits, Classes);
        var probabilities = new double[logits.Values.Length];
        Softmax.ForwardRows(logits.Values, Classes, probabilities, Temperature, threads);
        return new Probabilities(probabilities, Classes);
    }

    /// <inheritdoc/>
    public JsonObject Save(NamedTensors tensors, string prefix) => new() { ["kind"] = Method, ["classes"] = Classes, ["beta"] = Beta };

    internal static TemperatureScaling Load(JsonObject saved) => new(SavedScale.Read(saved, "beta"), saved.Integer("classes", 1));
}
