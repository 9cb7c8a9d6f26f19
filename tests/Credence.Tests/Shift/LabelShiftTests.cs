using System.Text.Json.Nodes;
using Credence.Calibration.Scaling;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Numerics;
using Credence.Persistence;
using Credence.Shift;
using Credence.Tests.Support;

namespace Credence.Tests.Shift;

public class LabelShiftTests
{
    private static readonly LabelShiftOptions BlackBox = new() { Method = LabelShiftMethod.BlackBox };

    [Fact]
    public void Estimate_OfTheSourceRowsThemselves_IsTheirPrior()
    {
        SimulatedScores source = SimulatedScores.Draw(3_000, 4, seed: 1, prior: [0.5, 0.3, 0.15, 0.05]);
        LabelShift shift = LabelShift.Fit(source.Probabilities, source.Labels);

        LabelShiftEstimate estimate = shift.Estimate(source.Probabilities);

        for (int k = 0; k < 4; k++)
            Assert.Equal(shift.SourcePrior[k], estimate.Prior[k], 1e-6);

        Assert.True(estimate.Converged);
        Assert.Equal(1, estimate.PValue, 1e-9);
        Assert.StartsWith("No shift", estimate.Verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void Estimate_FindsTheShiftedPrior_ByBothMethods()
    {
        double[] prior = [0.1, 0.2, 0.7];
        SimulatedScores source = SimulatedScores.Draw(20_000, 3, seed: 2, prior: [0.6, 0.3, 0.1]);
        SimulatedScores target = SimulatedScores.DrawLike(source, 10_000, seed: 3, prior);
        foreach (LabelShiftOptions options in new[] { new(), BlackBox })
        {
            LabelShiftEstimate estimate = LabelShift.Fit(source.Probabilities, source.Labels, options).Estimate(target.Probabilities);
            for (int k = 0; k < 3; k++)
                Assert.Equal(prior[k], estimate.Prior[k], 0.03);

            Assert.True(estimate.PValue < 1e-6);
            Assert.Contains("most that of 'c2': from 1", estimate.Verdict, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Intervals_HoldTheTruePrior_AboutAsOftenAsTheySay()
    {
        double[] prior = [0.3, 0.2, 0.5];
        SimulatedScores source = SimulatedScores.Draw(50_000, 3, seed: 5, prior: [0.6, 0.3, 0.1]);
        foreach (LabelShiftOptions options in new[] { new(), BlackBox })
        {
            LabelShift shift = LabelShift.Fit(source.Probabilities, source.Labels, options);
            int inside = 0;
            for (ulong draw = 0; draw < 150; draw++)
            {
                LabelShiftEstimate estimate = shift.Estimate(SimulatedScores.DrawLike(source, 400, 100 + draw, prior).Probabilities);
                inside += Enumerable.Range(0, 3)
                    .Count(k => prior[k] >= estimate.Intervals[k].Low && prior[k] <= estimate.Intervals[k].High);
            }

            // 450 intervals, three by three dependent: ±.025 is two deviations and a half.
            Assert.InRange(inside / 450.0, 0.92, 0.98);
        }
    }

    [Fact]
    public void Test_RaisesAFalseAlarmAsOftenAsItsLevel()
    {
        SimulatedScores source = SimulatedScores.Draw(5_000, 4, seed: 7);
        LabelShift shift = LabelShift.Fit(source.Probabilities, source.Labels);
        int alarms = 0;
        for (int draw = 0; draw < 300; draw++)
        {
            SimulatedScores fresh = SimulatedScores.Draw(5_300, 4, seed: 1_000 + (ulong)draw);
            int[] first = [.. Enumerable.Range(0, 5_000)];
            int[] second = [.. Enumerable.Range(5_000, 300)];
            alarms += LabelShift.Fit(fresh.Probabilities.Select(first), fresh.Labels.Select(first))
                .Estimate(fresh.Probabilities.Select(second)).PValue < 0.05 ? 1 : 0;
        }

        Assert.InRange(alarms, 5, 26);
        Assert.True(shift.Estimate(SimulatedScores.DrawLike(source, 2_000, 9, [0.4, 0.2, 0.2, 0.2]).Probabilities).PValue < 1e-4);
    }

    [Fact]
    public void MaximumAPosteriori_LetsNoClassDie_WhereTheLikelihoodAloneDoes()
    {
        SimulatedScores source = SimulatedScores.Draw(5_000, 3, seed: 8);
        SimulatedScores target = SimulatedScores.DrawLike(source, 500, 9, [0.5, 0.5, 0]);

        LabelShiftEstimate map = LabelShift.Fit(source.Probabilities, source.Labels).Estimate(target.Probabilities);
        LabelShiftEstimate likelihood = LabelShift.Fit(source.Probabilities, source.Labels, new() { PseudoRows = 0 })
            .Estimate(target.Probabilities);

        Assert.InRange(map.Prior[2], 1e-6, 0.02);
        Assert.True(likelihood.Prior[2] < map.Prior[2]);
        Assert.Equal(1, map.Reweight(target.Probabilities).Row(3).ToArray().Sum(), 1e-12);
    }

    [Fact]
    public void Reweight_RestoresAccuracyAndLogLoss()
    {
        SimulatedScores source = SimulatedScores.Draw(10_000, 3, seed: 10, prior: [0.8, 0.1, 0.1]);
        SimulatedScores target = SimulatedScores.DrawLike(source, 5_000, 11, [0.1, 0.1, 0.8]);

        Probabilities after = LabelShift.Fit(source.Probabilities, source.Labels).Estimate(target.Probabilities)
            .Reweight(target.Probabilities);

        Assert.True(Accuracy(after, target.Labels) > Accuracy(target.Probabilities, target.Labels) + 0.05);
    }

    /// <summary>The last line of the reference figures: 30 Dirichlet(.1) shifts of 2,000 rows drawn from rows 5,000 on, the source rows
    /// before them. Which 30 shifts they are is chance, so the bands are wide; what must hold is the order of the methods and the
    /// gain.</summary>
    [Theory]
    [InlineData("wideresnet-16-4-cifar-10", 0.0590, 0.0152, 0.051)]
    [InlineData("lenet-5-cifar-10", 0.273, 0.144, 0.304)]
    [InlineData("cifar_probs", 0.0359, 0.0127, 0.043)]
    public void Estimate_OnTheReferenceShifts_IsAsGoodAsPublished_AndCalibrationComesFirst(
        string file, double uncalibrated, double calibrated, double gain)
    {
        NpzScores scores = NpzScores.Load(file);
        Logits logits = new([.. scores.Probabilities.Values.ToArray().Select(p => Log.Compute(Math.Max(p, 1e-12)))],
            scores.Probabilities.Classes);
        int[] first = [.. Enumerable.Range(0, 5_000)];
        BiasCorrectedTemperatureScaling calibrator = BiasCorrectedTemperatureScaling.Fit(logits.Select(first), scores.Labels.Select(first));
        Probabilities after = calibrator.Apply(logits);
        LabelShift onRaw = LabelShift.Fit(scores.Probabilities.Select(first), scores.Labels.Select(first));
        LabelShift onCalibrated = LabelShift.Fit(after.Select(first), scores.Labels.Select(first));

        double raw = 0;
        double best = 0;
        double gained = 0;
        for (ulong shift = 0; shift < 30; shift++)
        {
            int[] rows = ShiftedRows(scores.Labels, new Rng(99).Split(shift));
            double[] truth = [.. scores.Labels.Select(rows).Counts().Select(count => count / 2_000.0)];
            LabelShiftEstimate estimate = onCalibrated.Estimate(after.Select(rows));
            raw += Distance(truth, onRaw.Estimate(scores.Probabilities.Select(rows)).Prior) / 30;
            best += Distance(truth, estimate.Prior) / 30;
            gained += (Accuracy(estimate.Reweight(after.Select(rows)), scores.Labels.Select(rows))
                - Accuracy(scores.Probabilities.Select(rows), scores.Labels.Select(rows))) / 30;
        }

        Assert.InRange(raw, 0.5 * uncalibrated, 1.7 * uncalibrated);
        Assert.True(best < 0.55 * raw, $"calibrated {best}, uncalibrated {raw}");
        Assert.True(best <= 1.3 * calibrated, $"calibrated {best}");
        Assert.True(gained >= 0.9 * gain, $"gain {gained}");
    }

    [Fact]
    public void AClassTheSourceNeverHad_KeepsShareZero()
    {
        double[] values = [.. Enumerable.Range(0, 60).SelectMany(i => i % 2 == 0 ? new double[] { 0.9, 0.1, 0 } : [0.2, 0.8, 0])];
        var probabilities = new Probabilities(values, 3);
        var labels = new Labels([.. Enumerable.Range(0, 60).Select(i => i % 2)], ["a", "b", "never"]);
        foreach (LabelShiftOptions options in new[] { new(), BlackBox })
        {
            LabelShiftEstimate estimate = LabelShift.Fit(probabilities, labels, options).Estimate(probabilities.Select([0, 2, 4, 6, 8, 1]));
            Assert.Equal(0, estimate.Prior[2]);
            Assert.Equal(1, estimate.Prior.Sum(), 1e-12);
            Assert.True(estimate.Prior[0] > 0.6);
        }
    }

    [Fact]
    public void SaveThenLoad_GivesTheSameEstimate_AndHostileOnesAreRefused()
    {
        SimulatedScores source = SimulatedScores.Draw(500, 3, seed: 12);
        LabelShift shift = LabelShift.Fit(source.Probabilities, source.Labels, BlackBox);
        var tensors = new NamedTensors();
        JsonObject saved = (JsonObject)JsonNode.Parse(shift.Save(tensors, "shift.").ToJsonString())!;

        Assert.Equal(shift.Estimate(source.Probabilities).Prior, LabelShift.Load(saved, tensors, "shift.").Estimate(source.Probabilities)
            .Prior);
        foreach ((string property, string value) in new[]
        {
            ("prior", "[1, 0]"), ("prior", "[0.5, 0.6, -0.1]"), ("label_shares", "[1, 1, 1]"), ("predicted", "[0, 0, 0]"),
                ("method", "\"guess\""), ("pseudo_rows", "-1"),
        })
        {
            JsonObject changed = (JsonObject)saved.DeepClone();
            changed[property] = JsonNode.Parse(value);
            Assert.Throws<InvalidDataException>(() => LabelShift.Load(changed, tensors, "shift."));
        }
    }

    private static int[] ShiftedRows(Labels labels, Rng rng)
    {
        // Dirichlet(.1) by Gamma(.1) variates: Gamma(1.1)·U^10 with Gamma(1.1) by Marsaglia and Tsang.
        var prior = new double[labels.Classes];
        for (int k = 0; k < prior.Length; k++)
            prior[k] = Gamma(1.1, rng) * Exp.Compute(10 * Log.Compute(1 - rng.NextDouble()));

        double sum = prior.Sum();
        int[][] byClass = [.. Enumerable.Range(0, prior.Length)
            .Select(k => Enumerable.Range(5_000, 5_000).Where(row => labels[row] == k).ToArray())];
        var rows = new int[2_000];
        for (int i = 0; i < rows.Length; i++)
        {
            double u = rng.NextDouble() * sum;
            int label = 0;
            while (label < prior.Length - 1 && (u -= prior[label]) >= 0)
                label++;

            rows[i] = byClass[label][rng.NextInt(byClass[label].Length)];
        }

        return rows;
    }

    private static double Gamma(double shape, Rng rng)
    {
        double d = shape - (1 / 3.0);
        double c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double x = rng.NextNormal();
            double v = 1 + (c * x);
            v = v * v * v;
            if (v > 0 && Log.Compute(1 - rng.NextDouble()) < (0.5 * x * x) + d - (d * v) + (d * Log.Compute(v)))
                return d * v;
        }
    }

    private static double Distance(double[] truth, IReadOnlyList<double> estimate) => truth.Zip(estimate, (a, b) => Math.Abs(a - b)).Sum();

    private static double Accuracy(Probabilities probabilities, Labels labels) =>
        Enumerable.Range(0, labels.Count).Count(row => Confidence.Top(probabilities.Row(row)) == labels[row]) / (double)labels.Count;
}
