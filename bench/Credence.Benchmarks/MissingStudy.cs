using Credence.Data;
using Credence.Data.Columns;
using Credence.Data.Scores;
using Credence.Models;
using Credence.Models.Learning;
using Credence.Numerics;

namespace Credence.Benchmarks;

/// <summary>Rows with missing cells in columns that never missed in training, against a model trained without those columns.</summary>
internal sealed class MissingStudy : IBenchmark
{
    private const int Columns = 5, TestRows = 4000, Repetitions = 5;

    public string Verb => "missing";

    public string Summary => "log loss of rows with missing cells, against a model trained without those columns: missing";

    public int Run(string[] args)
    {
        var report = Report.OfStudy(
            "missing",
            $"Log loss on {TestRows} rows of classes with normal columns ({Columns} of them, means drawn at random, equal correlation "
                + $"ρ), the "
                + $"mean of {Repetitions} draws. The model never saw a missing cell; in the rows tested the first columns are "
                + $"missing. Without: "
                + "a model trained without them; averaged: over the stored rows, as `predict` answers; typical: the missing cell "
                + "taken for the "
                + "mean, as before. The worst case is the largest excess of averaged over without among the draws. The aim is an "
                + "excess of at "
                + "most .02: the means reach it for two and three classes, not for five, which lie in so many clusters that no linear "
                + "regression follows what the known columns say about the missing ones.",
            ["classes", "ρ", "training rows", "missing", "without", "averaged", "excess", "worst excess", "typical"]);
        foreach (int classes in new[] { 2, 3, 5 })
        {
            foreach (double correlation in new[] { 0, 0.5 })
            {
                foreach (int rows in new[] { 200, 2000 })
                {
                    foreach (int missing in new[] { 1, 2, Columns })
                        report.Row([$"{classes}", $"{correlation}", $"{rows}", $"{missing}", .. Measure(classes, correlation, rows,
                            missing)]);
                }
            }
        }

        report.Write();
        return 0;
    }

    private static string[] Measure(int classes, double correlation, int rows, int missing)
    {
        double without = 0, averaged = 0, typical = 0, worst = double.NegativeInfinity;
        for (int i = 0; i < Repetitions; i++)
        {
            var rng = new Rng(11).Split((ulong)((classes * 100) + i));
            double[] means = [.. Enumerable.Range(0, classes * Columns).Select(_ => rng.NextNormal())];
            (double[][] x, int[] y) = Draw(rows, classes, correlation, means, rng);
            (double[][] test, int[] truth) = Draw(TestRows, classes, correlation, means, rng);
            double[][] hidden = [.. test.Select((column, j) => j < missing ? [.. column.Select(_ => double.NaN)] : column)];
            Classifier whole = Fit(x, y, classes, 0);
            Table lacking = Rows(hidden, 0);
            double own = LogLoss(whole.ProbabilitiesOf(lacking), truth);
            double other = missing == Columns ? Log.Compute(classes)
                : LogLoss(Fit(x, y, classes, missing).ProbabilitiesOf(Rows(test, missing)), truth);
            without += other / Repetitions;
            averaged += own / Repetitions;
            typical += LogLoss(whole.Calibrator.Apply(whole.Score(lacking)), truth) / Repetitions;
            worst = Math.Max(worst, own - other);
        }

        return [$"{without:0.000}", $"{averaged:0.000}", $"{averaged - without:+0.000;-0.000}", $"{worst:+0.000;-0.000}",
            $"{typical:0.000}"];
    }

    private static Classifier Fit(double[][] x, int[] y, int classes, int first) => new ClassifierLearner().Fit(
        new DataSet(Rows(x, first), new Labels(y, [.. Enumerable.Range(0, classes).Select(k => $"c{k}")]))).Classifier;

    private static Table Rows(double[][] x, int first) =>
        new([.. Enumerable.Range(first, Columns - first).Select(j => new NumberColumn($"x{j}", x[j]))]);

    private static (double[][] X, int[] Y) Draw(int rows, int classes, double correlation, double[] means, Rng rng)
    {
        double[][] x = [.. Enumerable.Range(0, Columns).Select(_ => new double[rows])];
        var y = new int[rows];
        for (int row = 0; row < rows; row++)
        {
            y[row] = rng.NextInt(classes);
            double shared = rng.NextNormal() * Math.Sqrt(correlation);
            for (int j = 0; j < Columns; j++)
                x[j][row] = means[(y[row] * Columns) + j] + shared + (rng.NextNormal() * Math.Sqrt(1 - correlation));
        }

        return (x, y);
    }

    private static double LogLoss(Probabilities p, int[] y)
    {
        double sum = 0;
        for (int row = 0; row < y.Length; row++)
            sum -= Log.Compute(p.Row(row)[y[row]]);

        return sum / y.Length;
    }
}
