using System.Globalization;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Diagnostics;
using Credence.Models.Learning;
using Credence.Numerics;

namespace Credence.Benchmarks;

/// <summary>How often doctor calls calibrated scores off, and how often it finds those that are.</summary>
internal sealed class DoctorStudy : IBenchmark
{
    private static readonly SimulatedModel[] Models =
        [new("calibrated", 1, 0), new("T = 0.8", 0.8, 0), new("T = 0.5", 0.5, 0), new("one class +0.5", 1, 0.5)];

    public string Verb => "doctor";

    public string Summary => "how often doctor's verdict is that scores are off, on simulated models: doctor [repetitions] [rows …]";

    public int Run(string[] args)
    {
        int[] numbers = [.. args.Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
        int repetitions = numbers.Length > 0 ? numbers[0] : 400;
        int[] sizes = numbers.Length > 1 ? numbers[1..] : [5, 8, 20, 50, 300, 1000];
        var report = Report.OfStudy(
            "doctor",
            $"Of {repetitions} simulated samples (5 classes), the percentage of which doctor says that the probabilities are off: of the "
                + $"calibrated model, false alarms (standard error {100 * Math.Sqrt(0.05 * 0.95 / repetitions):0.0} %); and of which it "
                + "recommends a calibrator. False alarms on more shapes of calibrated probabilities: verdict.md.",
            "model, rows", "called off", "calibrator recommended");
        foreach (int rows in sizes)
        {
            foreach (SimulatedModel model in Models)
            {
                (int off, int remedies) = Study(model, rows, repetitions);
                report.Row($"{model.Name}, {rows:#,0}", Share(off, repetitions), Share(remedies, repetitions));
            }
        }

        report.Write();
        return 0;
    }

    private static (int Off, int Remedies) Study(SimulatedModel model, int rows, int repetitions)
    {
        int off = 0, remedies = 0;
        Chunks.For(repetitions, 0, repetition =>
        {
            (Probabilities stated, Labels labels) = model.Draw(rows, 5, new Rng(77).Split((ulong)repetition));
            var options = new ScoreCalibrationOptions
            {
                Selection = new() { Seed = (ulong)repetition, MaxThreads = 1 },
                Evaluation = new() { Seed = (ulong)repetition, BootstrapDraws = 0 },
                MaxThreads = 1,
            };
            var diagnosis = Diagnosis.Diagnose(new ScoreCalibration(options).Fit(ScoreKind.Probabilities, stated.Values.ToArray(), labels));
            Interlocked.Add(ref off, diagnosis.LeavesScores ? 0 : 1);
            Interlocked.Add(ref remedies, diagnosis.Verdict.StartsWith("Do not use", StringComparison.Ordinal) ? 1 : 0);
        });
        return (off, remedies);
    }

    private static string Share(int count, int repetitions) => (100.0 * count / repetitions).ToString("0.0", CultureInfo.InvariantCulture);
}
