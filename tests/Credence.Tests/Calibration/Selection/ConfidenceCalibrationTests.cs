using Credence.Calibration;
using Credence.Calibration.Selection;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Numerics;
using Credence.Persistence;

namespace Credence.Tests.Calibration.Selection;

public sealed class ConfidenceCalibrationTests
{
    private const int Classes = 4, Rows = 6000;

    /// <summary>The first answer is right more often than it says, at the middle of the scale most: what no temperature mends.</summary>
    private static (Logits Logits, Labels Labels) Bent()
    {
        Rng rng = new(5);
        var logits = new double[Rows * Classes];
        var labels = new int[Rows];
        for (int row = 0; row < Rows; row++)
        {
            Span<double> z = logits.AsSpan(row * Classes, Classes);
            for (int k = 0; k < Classes; k++)
                z[k] = 3 * (rng.NextDouble() - 0.5);

            z[row % Classes] += 2;
            var p = new double[Classes];
            Softmax.Forward(z, p);
            int top = p.AsSpan().IndexOf(p.Max());
            double right = p[top] + (0.6 * p[top] * (1 - p[top]));
            labels[row] = rng.NextDouble() < right ? top : (top + 1 + (int)(rng.NextDouble() * (Classes - 1))) % Classes;
        }

        return (new Logits(logits, Classes), new Labels(labels, ["a", "b", "c", "d"]));
    }

    [Fact]
    public void Fit_WhereTheFirstAnswerIsRightMoreOftenThanItSays_MakesConfidenceTheShareOfRightAnswers()
    {
        (Logits logits, Labels labels) = Bent();
        var identity = new IdentityCalibrator(Classes);
        (double before, double share) = Confidence(identity.Apply(logits), labels);
        var fitted = ConfidenceCalibration.Fit(identity, logits, labels);
        (double after, double still) = Confidence(fitted.Apply(logits), labels);

        // The constant is free, so the residuals of the first answers sum to 0 where a fit has arrived.
        Assert.True(share - before > 0.05, $"{share} right, {before} said: nothing to mend");
        Assert.Equal(share, still);
        Assert.Equal(share, after, 1e-6);
    }

    [Fact]
    public void Apply_ToAnyRow_KeepsTheFirstClassFirstAndTheOthersRatios()
    {
        (Logits logits, Labels labels) = Bent();
        int[] wrong = [.. Enumerable.Range(0, Rows).Select(row => labels[row] == row % Classes ? (row + 1) % Classes : labels[row])];
        var fitted = ConfidenceCalibration.Fit(new IdentityCalibrator(Classes), logits, new Labels(wrong, labels.Names));
        double infinity = double.NegativeInfinity;
        Logits hostile = new(
            [.. logits.Values[..4000], 0, infinity, infinity, infinity, 1e300, -1e300, 0, 0, 1, 1, 1, 1, 1, 1, 1 - 1e-12, infinity],
            Classes);
        Probabilities plain = new IdentityCalibrator(Classes).Apply(hostile), bent = fitted.Apply(hostile);
        for (int row = 0; row < hostile.Rows; row++)
        {
            double[] p = plain.Row(row).ToArray(), q = bent.Row(row).ToArray();
            int top = p.AsSpan().IndexOf(p.Max());
            Assert.Equal(1, q.Sum(), 1e-12);
            Assert.True(q[top] >= q.Max() - 1e-15, $"row {row}: class {top} has {q[top]}, another {q.Max()}");
            int[] others = [.. Enumerable.Range(0, Classes).Where(k => k != top && p[k] > 0)];
            foreach (int k in others)
                Assert.Equal(p[k] / p[others[0]], q[k] / q[others[0]], 1e-9 * p[k] / p[others[0]]);
        }
    }

    [Fact]
    public void Save_ThenLoad_GivesTheSameProbabilities()
    {
        (Logits logits, Labels labels) = Bent();
        CancellationToken token = TestContext.Current.CancellationToken;
        ICalibrator fitted = CalibrationMethods.Find("structured-vector+confidence")!.Fit(logits, labels, cancellationToken: token);
        var tensors = new NamedTensors();
        ICalibrator loaded = Calibrators.Load(fitted.Save(tensors, "c."), tensors, "c.");
        Assert.Equal("structured-vector+confidence", loaded.Method);
        Assert.Equal(fitted.Apply(logits).Values.ToArray(), loaded.Apply(logits).Values.ToArray());
    }

    [Fact]
    public void Choose_WhereTheFirstAnswerIsRightMoreOftenThanItSays_TakesTheCurve()
    {
        (Logits logits, Labels labels) = Bent();
        CalibratorSelection selection =
            CalibratorSelection.Choose(logits, labels, cancellationToken: TestContext.Current.CancellationToken);
        Assert.EndsWith("+confidence", selection.Calibrator.Method, StringComparison.Ordinal);
        Assert.Equal(selection.Calibrator.Method, selection.Candidates[^1].Method);
    }

    private static (double Mean, double Right) Confidence(Probabilities probabilities, Labels labels)
    {
        double sum = 0, right = 0;
        for (int row = 0; row < probabilities.Rows; row++)
        {
            ReadOnlySpan<double> p = probabilities.Row(row);
            int top = 0;
            for (int k = 1; k < p.Length; k++)
                top = p[k] > p[top] ? k : top;

            sum += p[top];
            right += labels[row] == top ? 1 : 0;
        }

        return (sum / probabilities.Rows, right / probabilities.Rows);
    }
}
