using System.Globalization;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Evaluation;
using Credence.Numerics;

namespace Credence.Benchmarks;

/// <summary>How often the one test of calibration calls calibrated probabilities miscalibrated, whatever their shape and number.</summary>
internal sealed class VerdictStudy : IBenchmark
{
    private const int Votes = 10, Many = 1000;
    private static readonly int[] Classes = [2, 10, 100];

    // The logits' spread, the first class's advantage, and whether probabilities are shares of votes.
    private static readonly (string Name, double Spread, double First, bool AreVotes)[] Shapes =
        [("unsure", 0.5, 0, false), ("middling", 2, 0, false), ("sure", 6, 0, false), ("one frequent class", 2, 4, false),
            ("shares of 10 votes", 2, 0, true)];

    public string Verb => "verdict";

    public string Summary => "how often the calibration test calls calibrated probabilities off: verdict [repetitions] [rows …] "
        + "[\"shape, classes\"]";

    public int Run(string[] args)
    {
        int[] numbers = [.. args.Where(text => char.IsDigit(text[0])).Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
        string? only = Array.Find(args, text => !char.IsDigit(text[0]));
        int repetitions = numbers.Length > 0 ? numbers[0] : 400;
        int[] sizes = numbers.Length > 1 ? numbers[1..] : [5, 8, 20, 50, 300, 5000];
        double error = Math.Sqrt(0.05 * 0.95 / repetitions);
        var report = Report.OfStudy(
            sizes.Max() > Many ? "verdict-many-rows" : "verdict",
            $"Labels are drawn from the probabilities themselves; of {repetitions:#,0} samples each, the percentage called "
                + "miscalibrated: false "
                + $"alarms, at most 5 by the law of the test (standard error {100 * error:0.0}, so that 5 % and two of them are "
                + $"{100 * (0.05 + (2 * error)):0.0}).",
            ["shape, classes", .. sizes.Select(size => $"n = {size.ToString("#,0", CultureInfo.InvariantCulture)}")]);
        var means = new double[sizes.Length];
        foreach (int classes in Classes)
        {
            foreach ((string name, double spread, double first, bool areVotes) in Shapes)
            {
                if (only is not null && only != $"{name}, {classes}")
                    continue;

                double[] shares = [.. sizes.Select(rows => 100.0 * Alarms(rows) / repetitions)];
                for (int i = 0; i < means.Length; i++)
                    means[i] += shares[i] / Classes.Length / Shapes.Length;
                report.Row([$"{name}, {classes}", .. shares.Select(Text)]);

                int Alarms(int rows)
                {
                    int alarms = 0;
                    Chunks.For(repetitions, 0, repetition =>
                    {
                        Rng rng = new Rng(5).Split((ulong)repetition);
                        (Probabilities stated, Labels labels) = Draw(rows, classes, spread, first, areVotes, rng);
                        ModelEvaluation evaluation = Evaluator.Evaluate(
                            stated, labels, options: new() { Seed = (ulong)repetition, BootstrapDraws = 0, MaxThreads = 1 });
                        Interlocked.Add(ref alarms, evaluation.CalibrationTest!.IsMiscalibrated ? 1 : 0);
                    });
                    return alarms;
                }
            }
        }

        if (only is not null)
            return 0;

        report.Row(["mean of all", .. means.Select(Text)]);
        report.Write();
        return 0;
    }

    private static (Probabilities Stated, Labels Labels) Draw(int rows, int classes, double spread, double first, bool areVotes, Rng rng)
    {
        var p = new double[rows * classes];
        for (int i = 0; i < p.Length; i++)
            p[i] = (spread * rng.NextNormal()) + (i % classes == 0 ? first : 0);

        Softmax.ForwardRows(p, classes, p);
        var labels = new int[rows];
        for (int row = 0; row < rows; row++)
        {
            Span<double> of = p.AsSpan(row * classes, classes);
            if (areVotes)
            {
                var votes = new double[classes];
                for (int vote = 0; vote < Votes; vote++)
                    votes[Pick(of, rng)] += 1.0 / Votes;
                votes.CopyTo(of);
            }

            labels[row] = Pick(of, rng);
        }

        return (new Probabilities(p, classes), new Labels(labels, [.. Enumerable.Range(0, classes).Select(k => $"{k}")]));
    }

    private static int Pick(ReadOnlySpan<double> p, Rng rng)
    {
        double u = rng.NextDouble();
        int last = 0;
        for (int k = 0; k < p.Length; k++)
        {
            if (p[k] > 0)
            {
                last = k;
                if ((u -= p[k]) < 0)
                    return k;
            }
        }

        return last;
    }

    private static string Text(double percent) => percent.ToString("0.0", CultureInfo.InvariantCulture);
}
