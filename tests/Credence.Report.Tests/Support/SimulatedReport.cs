using Credence.Data.Scores;
using Credence.Evaluation;
using Credence.Evaluation.Results;
using Credence.Files.Inputs;
using Credence.Numerics;
using Credence.Optimization;
using Credence.Report.Page;
using Credence.Report.Plots;
using Credence.Report.Sections;

namespace Credence.Report.Tests.Support;

/// <summary>A report of an over-confident model that was calibrated, simulated from a seed: labels are drawn from the calibrated
/// probabilities.</summary>
internal static class SimulatedReport
{
    private const int Bins = 15;

    public static ReportModel Of(int classes, int rows, ulong seed = 1, Func<int, string>? name = null, double temperature = 2)
    {
        name ??= k => $"class {k + 1}";
        var random = new Rng(seed);
        var after = new (double Confidence, bool Right)[rows];
        var before = new (double Confidence, bool Right)[rows];
        var confusion = new long[classes * classes];
        var sizes = new long[classes + 1];
        var mistakes = new List<Mistake>();
        var logits = new double[classes];
        var probabilities = new double[classes];
        var sharp = new double[classes];
        for (int row = 0; row < rows; row++)
        {
            int likely = random.NextInt(classes);
            for (int k = 0; k < classes; k++)
                logits[k] = random.NextNormal() + (k == likely ? 2 + 1.5 * random.NextNormal() + Log.Compute((double)classes) : 0);

            Softmax.Forward(logits, probabilities);
            int label = Draw(probabilities, random.NextDouble());
            for (int k = 0; k < classes; k++)
                sharp[k] = logits[k] * temperature;

            Softmax.Forward(sharp, sharp);
            int predicted = Array.IndexOf(probabilities, probabilities.Max());
            after[row] = (probabilities[predicted], predicted == label);
            before[row] = (sharp[predicted], predicted == label);
            confusion[label * classes + predicted]++;
            sizes[probabilities.Count(p => p >= 0.1)]++;
            if (predicted != label)
                mistakes.Add(new(row,
                    $"age={20 + random.NextInt(60)}, education=Bachelors, hours-per-week={random.NextInt(60)}, occupation=Exec-managerial",
                    name(label), name(predicted), probabilities[predicted]));
        }

        var counts = new Confusion([.. Enumerable.Range(0, classes).Select(name)], confusion);
        double accuracy = after.Count(a => a.Right) / (double)rows;
        return new ReportModel
        {
            Title = "adult.txt, income",
            Kind = "Training report",
            Data = new()
            {
                Source = "adult.txt",
                Label = "income",
                TrainRows = 4L * rows,
                CalibrationRows = 4L * rows,
                TestRows = rows,
                DuplicateRows = 24,
                Columns = [("Numbers", ["age", "fnlwgt", "education-num", "capital-gain", "capital-loss", "hours-per-week"]),
                    ("Categories", ["workclass", "education", "marital-status"])],
                Classes = [.. Enumerable.Range(0, classes).Select(k => (name(k), 5 * counts.Support(k)))],
                Notes = ["Column ‘id’ is left out: every row has another value.", "The separator was guessed to be a comma."],
            },
            Evaluation = Evaluation(after, accuracy, [.. Enumerable.Range(0, classes).Select(k => Figures(counts, k, name(k)))], 0.6123,
                0.0112, 0.0212),
            Uncalibrated = Evaluation(before, accuracy, [], 0.8123, 0.1121, 0.0421),
            Sets = new()
            {
                Alpha = 0.1,
                Score = "lac",
                Coverage = 0.9042,
                MeanSize = 1.382,
                IsExact = false,
                Rows = 4
                * rows,
                Law = (0.8921, 0.9079),
                Sizes = sizes
            },
            Confusion = counts,
            Features = [.. Enumerable.Range(0, classes)
                .Select(k =>
                new ClassFeatures(name(k),
                [.. Enumerable.Range(0, 8).Select(f => ($"feature {f + 1}", (f % 3 == 2 ? -1 : 1) * (2.1 - 0.2 * f)))]))],
            Path = new([.. Enumerable.Range(0, 9).Select(i => (double.Parse($"1e{i - 6}"), 0.61 + 0.004 * (i - 3) * (i - 3)))], 1e-3),
            Calibration = new("Bias-corrected temperature",
                "Lowest cross-validated log loss; the simpler temperature was 0.0031 nats worse, more than the 0.0005 that would have "
                + "been let pass.",
                [("Bias-corrected temperature", 0.6121, ""), ("Temperature", 0.6152, "simpler"), ("None", 0.8119, "overconfident")])
            {
                Parameters = [("temperature", 1.9931)],
            },
            Certificate = new()
            {
                Objective = 0.612331,
                Loss = 0.5911,
                GradientNorm = 1e-6,
                DualityGap = 3.2e-9,
                Passes = 41,
                Iterations = 9,
                StopReason = StopReason.Converged,
                Solver = "truncated Newton",
                Reason = "dense rows",
            },
            Mistakes = [.. mistakes.OrderByDescending(m => m.Probability).Take(40)],
            Reproduction = new("credence train adult.txt --label income --report report.html", 1,
                "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "0.1.0"),
        };
    }

    private static ModelEvaluation Evaluation(
        (double Confidence, bool Right)[] rows, double accuracy, IReadOnlyList<ClassResult> classes, double loss, double ece,
        double classwise) => new()
        {
            Rows = rows.Length,
            CalibrationTest = new()
            {
                PValue = ece < 0.0153 ? 0.4 : 0.005,
                Parts = [(MetricName.Ece, ece < 0.0153 ? 0.3 : 0.005), (MetricName.ClasswiseEce, 0.2)],
            },
            Figures =
        [
            new(MetricName.Accuracy, accuracy, new(accuracy - 0.01, accuracy + 0.01), null, null,
                "Share of rows whose most probable class is the true one."),
            new(MetricName.LogLoss, loss, new(loss - 0.02, loss + 0.03), null, null, "Mean of −ln p(label), in nats; lower is better."),
            new(MetricName.Ece, ece, new(ece - 0.004, ece + 0.01), new(0.0102, 0.0153, 0.0061, 0.0161),
                new($"{ece}", ece < 0.0153 ? $"no miscalibration detected at n = {rows.Length}" : "not calibrated", null)
                {
                    IsBetter = ece < 0.0153 ? null : false,
                },
                "Top label, 15 equal-width bins (lo, hi], mean absolute difference weighted by rows.") { IsCalibrationError = true },
            new(MetricName.ClasswiseEce, classwise, new(classwise - 0.003, classwise + 0.004), new(0.0102, 0.0153, 0.0061, 0.0161),
                new($"{classwise}", "not calibrated", null) { IsBetter = false },
                "Each class’s own probability, 15 equal-width bins, mean over classes.") { IsCalibrationError = true },
            new(MetricName.Aurc, 0.0708, new(0.065, 0.077), null, null, "Mean error over all coverages, ties in expected order."),
        ],
            Reliability = Points(rows),
            RiskCoverage = Curve(rows),
            ClassResults = classes,
        };

    private static int Draw(double[] probabilities, double u)
    {
        for (int k = 0; k < probabilities.Length; k++)
        {
            u -= probabilities[k];
            if (u < 0)
                return k;
        }

        return probabilities.Length - 1;
    }

    private static int Bin(double confidence) => Math.Clamp((int)Math.Ceiling(confidence * Bins) - 1, 0, Bins - 1);

    private static ReliabilityBin[] Points((double Confidence, bool Right)[] rows)
    {
        ILookup<int, (double Confidence, bool Right)> bins = rows.ToLookup(r => Bin(r.Confidence));
        return
        [
            .. Enumerable.Range(0, Bins).Select(bin =>
            {
                int count = bins[bin].Count();
                double confidence = count == 0 ? double.NaN : bins[bin].Average(r => r.Confidence);
                double half = 1.96 * Math.Sqrt(confidence * (1 - confidence) / count);
                return new ReliabilityBin((double)bin / Bins, (bin + 1.0) / Bins, count, confidence, bins[bin].Count(r => r.Right)
                    / (double)count, Math.Max(0, confidence - half), Math.Min(1, confidence + half));
            }),
        ];
    }

    private static RiskAtCoverage[] Curve((double Confidence, bool Right)[] rows)
    {
        int wrong = 0;
        return [.. rows.OrderByDescending(r => r.Confidence)
            .Select((r, i) => new RiskAtCoverage((i + 1.0) / rows.Length, (wrong += r.Right ? 0 : 1) / (i + 1.0)))];
    }

    private static ClassResult Figures(Confusion counts, int k, string name)
    {
        long predicted = Enumerable.Range(0, counts.Names.Count).Sum(truth => counts[truth, k]);
        double precision = (double)counts[k, k] / predicted;
        double recall = (double)counts[k, k] / counts.Support(k);
        return new(name, precision, recall, 2 * precision * recall / (precision + recall), (int)counts.Support(k));
    }
}
