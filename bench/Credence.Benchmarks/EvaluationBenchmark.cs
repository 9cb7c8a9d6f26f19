using System.Diagnostics;
using System.Globalization;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Evaluation;
using Credence.Numerics;

namespace Credence.Benchmarks;

/// <summary>All of Evaluation: every figure with its interval, 1,000 bootstrap draws.</summary>
internal sealed class EvaluationBenchmark : IBenchmark
{
    private static readonly (int Rows, int Classes)[] Shapes = [(1000, 10), (10_000, 10), (10_000, 100), (50_000, 1000)];

    public string Verb => "evaluation";

    public string Summary => "all figures with 1,000 bootstrap draws, up to 50,000 × 1,000";

    public int Run(string[] args)
    {
        var report = Report.OfStudy("evaluation",
            "Seconds for all figures, 1,000 bootstrap and 200 null draws, all cores; and of processor time.", "rows × classes", "seconds",
            "processor seconds");
        foreach ((int rows, int classes) in Shapes)
        {
            (Probabilities stated, Labels labels) = new SimulatedModel("T = 0.7", 0.7, 0).Draw(rows, classes, new Rng(1));
            using var process = Process.GetCurrentProcess();
            TimeSpan before = process.TotalProcessorTime;
            var watch = Stopwatch.StartNew();
            Evaluator.Evaluate(stated, labels);
            double seconds = watch.Elapsed.TotalSeconds;
            process.Refresh();
            report.Row(
                $"{rows:#,0} × {classes:#,0}", seconds.ToString("0.00", CultureInfo.InvariantCulture),
                (process.TotalProcessorTime - before).TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture));
        }

        report.Write();
        return 0;
    }
}
