using System.Globalization;
using Credence.Calibration.Selection;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Numerics;
using Credence.Shift;

namespace Credence.Benchmarks;

/// <summary>The class prior of shifted rows: source rows 0 to 4,999; each shift draws a prior from Dirichlet(0.1) and 2,000 of the other
/// rows by it, with replacement. The distance is Σ|q − share drawn|, the gain in accuracy is over the same rows unadapted. First on the
/// very rows of the known figures, which NumPy draws where python3 has it, then on others, to show how much is chance.</summary>
internal sealed class LabelShiftBenchmark : IBenchmark
{
    private const int Shifts = 30, Repeats = 10, Rows = 2000;
    private static readonly string[] Calibrations = ["none", "temperature", "bias-corrected-temperature", "vector"];

    // The known figures of one draw of 30 shifts: EM on each calibration, the black box, the gain in points.
    private static readonly (string File, string Em, string BlackBox, string Gain)[] Known =
    [
        ("wideresnet-16-4-cifar-10", ".0590/.0315/.0152/.0117", ".036", "+5.1"),
        ("lenet-5-cifar-10", ".273/.151/.144/.138", ".172", "+30.4"),
        ("cifar_probs", ".0359/.0137/.0127/.0113", "", "+4.3"),
    ];

    public string Verb => "labelshift";

    public string Summary => "distance of the estimated class prior and gain in accuracy on shifted rows, beside the known figures";

    public int Run(string[] args)
    {
        var result = new MarkdownResult("labelshift");
        result.Line("# Label shift");
        result.Line();
        result.Line($"{Shifts} shifts of {Rows:N0} rows, priors from Dirichlet(0.1). Distances of the prior: EM on each calibration, and "
            + "the black box on none; the gain in accuracy is the vector's, over the same without adapting.");
        result.Line("First the rows of the known figures, these in brackets; then ten other draws of 30 shifts, mean and standard "
            + "deviation of one.");
        result.Line();
        result.Line($"| file | {string.Join(" | ", Calibrations)} | black box | accuracy gain, points |");
        result.Line($"|---|{string.Concat(Enumerable.Repeat("---|", Calibrations.Length + 2))}");
        foreach ((string file, string em, string blackBox, string gain) in Known)
            result.Line(Row(file, em.Split('/'), blackBox, gain));

        result.Write();
        return 0;
    }

    private static string Row(string file, string[] em, string blackBox, string gain)
    {
        (Probabilities raw, Logits logits, Labels labels) = SavedProbabilities.Read(file);
        int[] source = SavedProbabilities.Rows(0, 5000);
        Probabilities[] calibrated =
        [
            .. Calibrations.Select(method =>
                method == "none" ? raw : CalibrationMethods.Find(method)!.Fit(logits.Select(source), labels.Select(source)).Apply(logits)),
        ];
        LabelShift[] shifts =
        [
            .. calibrated.Select(p => LabelShift.Fit(p.Select(source), labels.Select(source))),
            LabelShift.Fit(raw.Select(source), labels.Select(source), new LabelShiftOptions { Method = LabelShiftMethod.BlackBox }),
        ];

        string[] known = [.. em, blackBox, gain];
        var lines = new List<string>();
        if (NumpyRows.Draw(labels, Shifts, Rows) is { } same)
            lines.Add(Cells(file, [Measure(raw, labels, calibrated, shifts, shift => same[shift])], known));

        double[][] others =
        [
            .. Enumerable.Range(1, Repeats).Select(repeat =>
                Measure(raw, labels, calibrated, shifts, shift => Draw(labels, new Rng((ulong)repeat).Split((ulong)shift)))),
        ];
        lines.Add(Cells($"{file}, other draws", others, [.. known.Select(_ => "")]));
        return string.Join('\n', lines);
    }

    /// <summary>A distance a calibration, that of the black box, the gain.</summary>
    private static double[] Measure(
        Probabilities raw, Labels labels, Probabilities[] calibrated, LabelShift[] estimators, Func<int, int[]> rowsOf)
    {
        var means = new double[estimators.Length + 1];
        for (int shift = 0; shift < Shifts; shift++)
        {
            int[] rows = rowsOf(shift);
            Labels truth = labels.Select(rows);
            int[] counts = truth.Counts();
            for (int s = 0; s < estimators.Length; s++)
            {
                Probabilities target = (s < calibrated.Length ? calibrated[s] : raw).Select(rows);
                LabelShiftEstimate estimate = estimators[s].Estimate(target);
                means[s] += estimate.Prior.Select((share, k) => Math.Abs(share - ((double)counts[k] / Rows))).Sum() / Shifts;
                if (s == calibrated.Length - 1)
                    means[^1] += 100 * (Accuracy(estimate.Reweight(target), truth) - Accuracy(target, truth)) / Shifts;
            }
        }

        return means;
    }

    private static string Cells(string name, double[][] means, string[] known) =>
        $"| {name} | "
            + $"{string.Join(
                " | ", known.Select((figure, i) => Cell([.. means.Select(mean => mean[i])], figure, i == known.Length - 1)))} |";

    private static string Cell(double[] values, string known, bool points)
    {
        double mean = values.Average();
        string shown = mean.ToString(points ? "+0.0;-0.0" : "0.0000", CultureInfo.InvariantCulture);
        if (values.Length > 1)
        {
            double deviation = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
            shown += $" ± {deviation.ToString(points ? "0.0" : "0.0000", CultureInfo.InvariantCulture)}";
        }

        return known.Length == 0 ? shown : $"{shown} ({known})";
    }

    private static int[] Draw(Labels labels, Rng rng)
    {
        // Dirichlet(0.1): Gamma(0.1) shares; a Gamma(a) below 1 is a Gamma(a + 1) times u^(1/a) (G. Marsaglia, W. Tsang, 2000).
        int classes = labels.Classes;
        var prior = new double[classes];
        double sum = 0;
        for (int k = 0; k < classes; k++)
            sum += prior[k] = Gamma(1.1, rng) * Exp.Compute(Log.Compute(1 - rng.NextDouble()) / 0.1);

        int[][] byClass = [.. Enumerable.Range(0, classes)
            .Select(k => Enumerable.Range(5000, labels.Count - 5000).Where(row => labels[row] == k).ToArray())];
        var rows = new int[Rows];
        for (int i = 0; i < Rows; i++)
        {
            double u = rng.NextDouble() * sum;
            int k = 0;
            while (k < classes - 1 && (u -= prior[k]) >= 0)
                k++;

            rows[i] = byClass[k][(int)(rng.NextDouble() * byClass[k].Length)];
        }

        return rows;
    }

    private static double Gamma(double shape, Rng rng)
    {
        double d = shape - (1.0 / 3), c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double x = rng.NextNormal(), v = 1 + (c * x);
            if (v <= 0)
                continue;

            v = v * v * v;
            if (Log.Compute(1 - rng.NextDouble()) < (0.5 * x * x) + d - (d * v) + (d * Log.Compute(v)))
                return d * v;
        }
    }

    private static double Accuracy(Probabilities probabilities, Labels labels)
    {
        int right = 0;
        for (int row = 0; row < labels.Count; row++)
        {
            ReadOnlySpan<double> p = probabilities.Row(row);
            int top = 0;
            for (int k = 1; k < p.Length; k++)
                top = p[k] > p[top] ? k : top;

            right += top == labels[row] ? 1 : 0;
        }

        return (double)right / labels.Count;
    }
}
