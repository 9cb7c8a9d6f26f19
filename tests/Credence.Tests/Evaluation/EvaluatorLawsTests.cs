using Credence.Data;
using Credence.Data.Scores;
using Credence.Evaluation;
using Credence.Evaluation.Results;
using Credence.Tests.Support;

namespace Credence.Tests.Evaluation;

/// <summary>What holds of the calibration figures whatever the rows are, and what they are by definition.</summary>
public class EvaluatorLawsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void CorpParts_AddUpToTheBrierScoreOfRightOrWrong(ulong seed)
    {
        SimulatedScores scores = SimulatedScores.Draw(300, 4, seed, 0.6);
        ModelEvaluation evaluation = Evaluate(scores, new() { BootstrapDraws = 0, NullDraws = 0 });
        double brier = 0;
        for (int row = 0; row < 300; row++)
        {
            (double p, int top) = Top(scores.Probabilities.Row(row));
            double missed = p - (top == scores.Labels[row] ? 1 : 0);
            brier += missed * missed / 300;
        }

        ReliabilityCurve curve = evaluation.Curve!;
        Assert.Equal(brier, curve.Miscalibration - curve.Discrimination + curve.Uncertainty, 12);
        Assert.Equal(curve.Points.Select(point => point.Frequency).Order(), curve.Points.Select(point => point.Frequency));
    }

    /// <summary>The isotonic fit against the largest over starts of the least mean over ends (the min–max formula).</summary>
    [Fact]
    public void Curve_IsTheMinMaxFit()
    {
        SimulatedScores scores = SimulatedScores.Draw(60, 3, 5, 1.4);
        CurvePoint[] points = [.. Evaluate(scores, new() { BootstrapDraws = 0, NullDraws = 0 }).Curve!.Points];
        (double P, double Right)[] rows =
            [.. Enumerable.Range(0, 60)
            .Select(row => Top(scores.Probabilities.Row(row)) is var (p, top) && top == scores.Labels[row] ? (p, 1.0) : (p, 0.0))
            .OrderBy(r => r.Item1)];
        for (int i = 0; i < rows.Length; i++)
        {
            double fit = Enumerable.Range(0, i + 1)
                .Max(a => Enumerable.Range(i, rows.Length - i).Min(b => rows[a..(b + 1)].Average(r => r.Right)));
            Assert.Equal(fit, points.First(point => point.Confidence == rows[i].P).Frequency, 12);
        }
    }

    /// <summary>The kernel error against its definition over all pairs.</summary>
    [Fact]
    public void KernelError_IsTheMeanOverPairs()
    {
        SimulatedScores scores = SimulatedScores.Draw(50, 3, 11, 0.5);
        double value = Evaluate(scores, new() { BootstrapDraws = 0, NullDraws = 0 })[MetricName.Skce].Value;

        // γ is found from a random order of the rows; the law holds for the γ among all distances that gives the value.
        var distances = new List<double>();
        for (int i = 0; i < 50; i++)
        {
            for (int j = 0; j < i; j++)
                distances.Add(Distance(scores.Probabilities.Row(i), scores.Probabilities.Row(j)));
        }

        Assert.Contains(distances, width => Math.Abs(Kernel(scores, width) - value) < 1e-12);
    }

    /// <summary>Nothing depends on how many threads there are.</summary>
    [Fact]
    public void Evaluate_GivesTheSameBitsOnAnyThreads()
    {
        SimulatedScores scores = SimulatedScores.Draw(3000, 7, 1, 0.7);
        EvaluationOptions options =
            new()
            {
                BootstrapDraws = 60,
                NullDraws = 40,
                Groups = new RowGroups([.. Enumerable.Range(0, 3000).Select(row => row % 3)], ["x", "y", "z"])
            };
        string[] all = [.. new[] { 1, 2, 3, 8 }.Select(maxThreads => Text(Evaluate(scores, options with { MaxThreads = maxThreads })))];
        Assert.All(all, text => Assert.Equal(all[0], text));
    }

    /// <summary>A row of weight two is two rows.</summary>
    [Fact]
    public void Weights_StandForRows()
    {
        SimulatedScores scores = SimulatedScores.Draw(120, 3, 2, 0.8);
        double[] weights = [.. Enumerable.Range(0, 120).Select(row => row % 3 == 0 ? 2.0 : 1.0)];
        int[] repeated = [.. Enumerable.Range(0, 120).SelectMany(row => Enumerable.Repeat(row, (int)weights[row]))];
        ModelEvaluation weighted =
            Evaluator.Evaluate(scores.Probabilities, scores.Labels, weights, new() { BootstrapDraws = 0, NullDraws = 0 },
            TestContext.Current.CancellationToken);
        ModelEvaluation longer = Evaluator.Evaluate(
            scores.Probabilities.Select(repeated), scores.Labels.Select(repeated), null, new() { BootstrapDraws = 0, NullDraws = 0 },
                TestContext.Current.CancellationToken);

        // The debiased errors count rows, and AURC's means go over rows: those may differ.
        foreach (string name in new[]
        {
            MetricName.Accuracy, MetricName.LogLoss, MetricName.Brier, MetricName.Spherical, MetricName.MacroF1, MetricName.Ece,
                MetricName.ClasswiseEce, MetricName.SmoothEce,
            MetricName.Ks, MetricName.Mce, MetricName.CorpMiscalibration, MetricName.CorpDiscrimination, MetricName.Auroc,
                MetricName.AveragePrecision,
            MetricName.LogLossRefinement, MetricName.BrierRefinement,
        })
        {
            Assert.Equal(longer[name].Value, weighted[name].Value, 8);
        }
    }

    [Fact]
    public void Perfect_HasTheEndsOfItsIntervalsExactly()
    {
        var evaluation = Evaluator.Evaluate(
            new Probabilities([.. Enumerable.Range(0, 50).SelectMany(row => row % 2 == 0 ? new[] { 1.0, 0.0 } : [0.0, 1.0])], 2),
            new Labels([.. Enumerable.Range(0, 50).Select(row => row % 2)], ["a", "b"]),
                cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(1, evaluation[MetricName.Accuracy].Interval.High);
        Assert.Equal(0, evaluation[MetricName.LogLoss].Value);
        Assert.All(evaluation.Figures, figure => Assert.False(figure.IsMiscalibrated == true, figure.Name));
    }

    [Fact]
    public void Figures_EachHaveADefinitionAnIntervalAndAVerdict()
    {
        SimulatedScores scores = SimulatedScores.Draw(500, 8, 4, 0.8);
        foreach (MetricResult figure in Evaluate(scores, new() { BootstrapDraws = 100, NullDraws = 99 }).Figures)
        {
            Assert.NotEmpty(figure.Definition);
            Assert.True(figure.Interval.Low <= figure.Value
                && figure.Value <= figure.Interval.High, $"{figure.Name}: {figure.Value} not in {figure.Interval}");
            if (!figure.Name.EndsWith("refinement", StringComparison.Ordinal)
                && figure.Name is not (MetricName.CorpDiscrimination or MetricName.CorpUncertainty))
                Assert.NotNull(figure.Verdict);
        }
    }

    internal static string Text(ModelEvaluation evaluation) => string.Join('\n', [
        .. evaluation.Figures.Select(figure => figure.ToString()), .. evaluation.ClassResults.Select(k => k.ToString()),
            .. evaluation.Groups.Select(group => group.ToString()),
        .. evaluation.ClassCurves.Append(evaluation.Curve!)
            .SelectMany(curve => curve.Points.Select(point => point.ToString()).Append($"{curve.Miscalibration:R} {curve.Calibrated}")),
        evaluation.Temperature!.ToString()]);

    private static ModelEvaluation Evaluate(SimulatedScores scores, EvaluationOptions options) =>
        Evaluator.Evaluate(scores.Probabilities, scores.Labels, options: options, cancellationToken: TestContext.Current.CancellationToken);

    private static (double P, int Top) Top(ReadOnlySpan<double> p)
    {
        int top = 0;
        for (int k = 1; k < p.Length; k++)
            top = p[k] > p[top] ? k : top;
        return (p[top], top);
    }

    private static double Distance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int k = 0; k < a.Length; k++)
            sum += (a[k] - b[k]) * (a[k] - b[k]);
        return Math.Sqrt(sum);
    }

    private static double Kernel(SimulatedScores scores, double width)
    {
        double sum = 0;
        int n = scores.Labels.Count;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
            {
                ReadOnlySpan<double> p = scores.Probabilities.Row(i), q = scores.Probabilities.Row(j);
                double product = 0;
                for (int k = 0; k < p.Length; k++)
                    product += ((scores.Labels[i] == k ? 1 : 0) - p[k]) * ((scores.Labels[j] == k ? 1 : 0) - q[k]);
                sum += Math.Exp(-Distance(p, q) / width) * product;
            }
        }

        return sum / (n * (n - 1) / 2.0);
    }
}
