using System.Globalization;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Evaluation;
using Credence.Evaluation.Results;
using Credence.Numerics;

namespace Credence.Benchmarks;

/// <summary>How often each figure's 95 % interval holds the population's value, and how often a calibrated model is called
/// miscalibrated.</summary>
internal sealed class IntervalsStudy : IBenchmark
{
    private const int Classes = 5, PopulationRows = 300_000;

    private static readonly SimulatedModel[] Models =
    [
        new("calibrated", 1, 0), new("T = 0.9", 0.9, 0), new("T = 0.5", 0.5, 0), new("T = 1.3", 1.3, 0), new("one class +0.5", 1, 0.5),
    ];

    public string Verb => "intervals";

    public string Summary => "coverage of every figure's interval on simulated models: intervals [repetitions] [rows …] [models …]";

    public int Run(string[] args)
    {
        int repetitions = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1000;
        int[] sizes = [.. args.Skip(1).Where(text => int.TryParse(text, out _))
            .Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
        SimulatedModel[] models = [.. Models.Where(model => args.Contains(model.Name))];
        sizes = sizes.Length > 0 ? sizes : [500];
        models = models.Length > 0 ? models : Models;
        var report = Report.OfStudy(
            "intervals",
            $"Of {repetitions} simulated samples of each size and model ({Classes} classes), the percentage whose 95 % interval holds "
                + $"the figure's value in the population ({PopulationRows:#,0} rows; 0 for the calibration errors of the calibrated "
                + "model); in brackets, of calibration errors, the percentage called miscalibrated. Each percentage has a standard "
                + $"error of {100 * Math.Sqrt(0.95 * 0.05 / repetitions):0.0} %. Wider than 95 % where it must be: an error's interval "
                + "reaches 0 wherever its verdict is that it cannot be told from calibrated, and always holds the value seen, which is "
                + "too large on average; so the largest gap of a bin, whose chance hides nearly all there is, is nearly always held, and "
                + "a small error in as many samples as have that verdict, at least. Of 500 rows exact tests seldom refute a risk of 1 %: "
                + "the lower end of that coverage is 0.",
            ["figure", .. sizes.SelectMany(rows => models.Select(model => $"{model.Name}, n = {rows:#,0}"))]);
        var columns = new List<Dictionary<string, string>>();
        foreach (int rows in sizes)
        {
            foreach (SimulatedModel model in models)
                columns.Add(Study(model, rows, repetitions));
        }

        foreach (string name in columns[0].Keys)
            report.Row([name, .. columns.Select(column => column[name])]);
        report.Write();
        return 0;
    }

    private static Dictionary<string, string> Study(SimulatedModel model, int rows, int repetitions)
    {
        var rng = new Rng(2024);
        (Probabilities stated, Labels labels) = model.Draw(PopulationRows, Classes, rng.Split(0));
        ModelEvaluation truth = Evaluator.Evaluate(stated, labels, options: new() { NullDraws = 0, BootstrapDraws = 0 });
        bool isCalibrated = model is { Temperature: 1, Shift: 0 };
        var samples = new ModelEvaluation[repetitions];
        Chunks.For(repetitions, 0, repetition =>
        {
            (Probabilities sample, Labels drawn) = model.Draw(rows, Classes, rng.Split((ulong)repetition + 1));
            samples[repetition] = Evaluator.Evaluate(
                sample, drawn, options: new() { NullDraws = 199, BootstrapDraws = 400, Seed = (ulong)repetition, MaxThreads = 1 });
        });
        var tallies = truth.Figures.ToDictionary(figure => figure.Name, _ => new int[3]);
        foreach (string name in tallies.Keys)
        {
            // The kernel error is right on average, and its kernel's width is the samples' own: their mean is nearer the truth than pairs
            // of the population.
            double value = truth[name].IsCalibrationError && isCalibrated ? 0
                : name == MetricName.Skce ? samples.Average(sample => sample[name].Value) : truth[name].Value;
            foreach (MetricResult figure in samples.Select(sample => sample[name]))
            {
                tallies[name][0] += figure.Interval.Low > value ? 1 : 0;
                tallies[name][1] += figure.Interval.High < value ? 1 : 0;
                tallies[name][2] += figure.IsMiscalibrated == true ? 1 : 0;
            }
        }

        return tallies.ToDictionary(
            tally => tally.Key,
            tally =>
            {
                string Share(int count) => (100.0 * count / repetitions).ToString("0.0", CultureInfo.InvariantCulture);
                string covered = $"{Share(repetitions - tally.Value[0] - tally.Value[1])} "
                    + $"(−{Share(tally.Value[0])} +{Share(tally.Value[1])})";
                return truth[tally.Key].IsCalibrationError ? $"{covered} [{Share(tally.Value[2])}]" : covered;
            });
    }
}
