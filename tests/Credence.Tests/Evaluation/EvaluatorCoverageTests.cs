using Credence.Evaluation;
using Credence.Evaluation.Results;
using Credence.Tests.Support;

namespace Credence.Tests.Evaluation;

/// <summary>A short, seeded version of the long run <c>intervals</c> of the benchmarks: do intervals hold the truth, and do verdicts cry
/// wolf?</summary>
public class EvaluatorCoverageTests
{
    private const int Samples = 60;

    [Fact]
    public void CalibratedModel_IsSeldomCalledMiscalibrated()
    {
        var alarms = new Dictionary<string, int>();
        for (ulong seed = 0; seed < Samples; seed++)
        {
            SimulatedScores scores = SimulatedScores.Draw(250, 4, 1000 + seed);
            foreach (MetricResult figure in Evaluate(scores).Figures.Where(figure => figure.IsCalibrationError))
            {
                alarms[figure.Name] = alarms.GetValueOrDefault(figure.Name) + (figure.IsMiscalibrated == true ? 1 : 0);

                // The interval says the same as the verdict.
                Assert.Equal(figure.IsMiscalibrated == true, figure.Interval.Low > 0);
            }
        }

        // 5 of 100, and 3 standard deviations.
        Assert.All(alarms, alarm => Assert.True(alarm.Value <= 8, $"{alarm.Key}: {alarm.Value} of {Samples}"));
    }

    [Fact]
    public void TooSureModel_HasItsErrorInsideTheInterval()
    {
        SimulatedScores population = SimulatedScores.Draw(200_000, 4, 1, 0.6);
        ModelEvaluation truth = Evaluator.Evaluate(
            population.Probabilities, population.Labels, options: new() { BootstrapDraws = 0, NullDraws = 0 },
                cancellationToken: TestContext.Current.CancellationToken);
        var held = new Dictionary<string, int>();
        for (ulong seed = 0; seed < Samples; seed++)
        {
            foreach (MetricResult figure in Evaluate(SimulatedScores.Draw(300, 4, 1000 + seed, 0.6)).Figures)
            {
                double value = truth[figure.Name].Value;
                held[figure.Name] = held.GetValueOrDefault(figure.Name)
                    + (figure.Interval.Low <= value && value <= figure.Interval.High ? 1 : 0);
            }
        }

        // 95 of 100, less 3 standard deviations.
        Assert.All(held, count => Assert.True(count.Value >= 52, $"{count.Key}: {count.Value} of {Samples}"));
    }

    private static ModelEvaluation Evaluate(SimulatedScores scores) => Evaluator.Evaluate(
        scores.Probabilities, scores.Labels, options: new() { BootstrapDraws = 199, NullDraws = 99 },
            cancellationToken: TestContext.Current.CancellationToken);
}
