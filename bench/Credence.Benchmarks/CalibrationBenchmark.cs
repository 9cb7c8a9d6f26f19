using System.Diagnostics;
using System.Globalization;
using Credence.Calibration;
using Credence.Calibration.Scaling;
using Credence.Calibration.Selection;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Numerics;

namespace Credence.Benchmarks;

/// <summary>Seconds to fit calibrators, beside SciPy where python3 has it: the median of three runs after one, on the wall's
/// clock.</summary>
internal sealed class CalibrationBenchmark : IBenchmark
{
    public string Verb => "calibration";

    public string Summary => "seconds to fit temperature, vector, structured matrix and auto, beside SciPy";

    public int Run(string[] args)
    {
        var report = new Report("calibration", "what, rows × classes", "seconds", "SciPy", "loss less SciPy's");
        One(report, "temperature", 10_000, 100, 5, (z, y) => TemperatureScaling.Fit(z, y));
        One(report, "vector", 5_000, 100, 3, (z, y) => VectorScaling.Fit(z, y));
        One(report, "structured-matrix", 5_000, 100, 3, (z, y) => MatrixScaling.FitStructured(z, y));
        One(report, "vector", 50_000, 1_000, 1, (z, y) => VectorScaling.Fit(z, y), peer: args.Contains("--all"));
        One(report, "auto", 10_000, 100, 1, (z, y) => CalibratorSelection.Choose(z, y).Calibrator, peer: false);
        One(report, "auto", 50_000, 1_000, 1, (z, y) => CalibratorSelection.Choose(z, y).Calibrator, peer: false);
        report.Write();
        return 0;
    }

    private static void One(
        Report report, string what, int rows, int classes, int repeats, Func<Logits, Labels, ICalibrator> fit, bool peer = true)
    {
        (double[] values, int[] indices) = Draw(rows, classes);
        var logits = new Logits(values, classes);
        var labels = new Labels(indices, [.. Enumerable.Range(0, classes).Select(k => k.ToString(CultureInfo.InvariantCulture))]);
        ICalibrator calibrator = fit(logits, labels);
        var times = new double[repeats];
        for (int i = 0; i < repeats; i++)
        {
            long start = Stopwatch.GetTimestamp();
            calibrator = fit(logits, labels);
            times[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        Array.Sort(times);
        double ours = times[repeats / 2];
        (double Seconds, double Loss)? theirs = peer ? ScipyPeer.Run("calibration.py", values, indices, what, rows > 20_000 ? 1 : 3) : null;

        // A penalised fit's loss holds the penalty, which the calibrator does not tell; the tests compare these.
        double difference = theirs is { } other && what != "structured-matrix" ? Loss(calibrator.Apply(logits), labels) - other.Loss
            : double.NaN;
        report.Row($"{what}{(what == "auto" ? $" → {calibrator.Method}" : "")}, {rows} × {classes}",
            [ours, theirs?.Seconds ?? double.NaN, difference], ours / (theirs?.Seconds ?? double.NaN));
    }

    private static double Loss(Probabilities probabilities, Labels labels)
    {
        double sum = 0;
        for (int row = 0; row < labels.Count; row++)
            sum -= Log.Compute(probabilities.Row(row)[labels[row]]);

        return sum / labels.Count;
    }

    /// <summary>Logits too sure, with a bias a class: what there is to mend.</summary>
    private static (double[] Logits, int[] Labels) Draw(int rows, int classes)
    {
        var rng = new Rng(7);
        double[] bias = [.. Enumerable.Range(0, classes).Select(_ => 0.5 * rng.NextNormal())];
        var logits = new double[rows * classes];
        var labels = new int[rows];
        for (int row = 0; row < rows; row++)
        {
            labels[row] = (int)(rng.NextDouble() * classes);
            for (int k = 0; k < classes; k++)
                logits[(row * classes) + k] = 2 * ((3 * (rng.NextNormal() + (k == labels[row] ? 3 : 0))) + bias[k]);
        }

        return (logits, labels);
    }
}
