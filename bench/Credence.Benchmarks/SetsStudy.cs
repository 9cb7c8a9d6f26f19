using System.Globalization;
using Credence.Conformal;
using Credence.Numerics;

namespace Credence.Benchmarks;

/// <summary>Coverage of prediction sets by default and where they may be empty, beside its law.</summary>
internal sealed class SetsStudy : IBenchmark
{
    private const int Classes = 5, TestRows = 500;

    public string Verb => "sets";

    public string Summary => "coverage of prediction sets on a simulated model: sets [repetitions]";

    public int Run(string[] args)
    {
        int repetitions = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 400;
        var report = Report.OfStudy(
            "sets",
            $"Mean coverage, share of repetitions within the 95 % range that the beta-binomial law gives, and mean size of prediction sets "
                + $"of a calibrated model of {Classes} classes, over {repetitions} draws of n calibration and {TestRows} test rows: "
                + $"by default, "
                + "where a set always holds the most probable class, and with empty sets allowed. By default the coverage lies above "
                + "the law "
                + "only where the accuracy does; the range is then the one up to the accuracy.",
            ["n", "α", "score", "law", "default", "within", "size", "empty allowed", "within", "size"]);
        var model = new SimulatedModel("calibrated", 1, 0);
        foreach (int rows in new[] { 20, 50, 500, 5000 })
        {
            foreach (double alpha in new[] { 0.05, 0.1, 0.3, 0.5 })
            {
                foreach (ConformalScore score in new[] { ConformalScore.Lac, ConformalScore.Aps, ConformalScore.Raps, ConformalScore.Saps })
                {
                    var law = new CoverageLaw(rows, ConformalRank.Compute(rows, alpha));
                    int times = rows > 1000 ? repetitions / 8 : repetitions;
                    string[] never = Measure(model, rows, times, law, new ConformalOptions { Alpha = alpha, Score = score });
                    string[] plain = Measure(
                        model, rows, times, law, new ConformalOptions { Alpha = alpha, Score = score, AllowEmptySets = true });
                    report.Row([$"{rows}", $"{alpha}", $"{score}", $"{law.Mean:0.000}", .. never, .. plain]);
                }
            }
        }

        report.Write();
        return 0;
    }

    private static string[] Measure(SimulatedModel model, int rows, int repetitions, CoverageLaw law, ConformalOptions options)
    {
        double coverage = 0, size = 0, within = 0;
        (double low, double high) = law.RangeOn(TestRows);
        for (int i = 0; i < repetitions; i++)
        {
            var rng = new Rng(77).Split((ulong)i);
            (Data.Scores.Probabilities stated, Data.Labels labels) = model.Draw(rows + TestRows, Classes, rng);
            int[] fit = [.. Enumerable.Range(0, rows)], test = [.. Enumerable.Range(rows, TestRows)];
            ulong[] keys = [.. Enumerable.Range(0, rows + TestRows).Select(row => RowKey.Of((i * 1_000_003) + row))];
            ConformalClassifier sets = ConformalClassifier.Fit(stated.Select(fit), labels.Select(fit), options, keys.AsSpan(0, rows));
            Models.PredictionSetMetrics measured = Models.PredictionSetMetrics.Compute(
                sets, stated.Select(test), labels.Select(test), keys.AsSpan(rows));
            double most = options.AllowEmptySets ? high : Math.Max(high, measured.TopShare);
            coverage += measured.Coverage / repetitions;
            size += measured.MeanSize / repetitions;
            within += measured.Coverage >= low && measured.Coverage <= most ? 1.0 / repetitions : 0;
        }

        return [$"{coverage:0.000}", $"{within:0.0%}", $"{size:0.00}"];
    }
}
