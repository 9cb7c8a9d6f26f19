using System.Diagnostics;
using System.Globalization;
using Credence.Features;
using Credence.Training;

namespace Credence.Benchmarks;

/// <summary>
/// Softmax regression beside scikit-learn, ML.NET and LIBLINEAR on the same numbers: seconds of the fit alone on the wall's clock, the sum that all minimise,
/// and what came of it. Names of sets as arguments choose among them.
/// </summary>
internal sealed class TrainingBenchmark : IBenchmark
{
    public string Verb => "training";

    public string Summary => "softmax regression beside scikit-learn, ML.NET and LIBLINEAR; names of sets choose among them, --ours leaves the peers out";

    public int Run(string[] args)
    {
        string data = Environment.GetEnvironmentVariable("CREDENCE_DATA") ?? Path.Combine(Repository.Folder()!, "..", "shared", "data");
        var text = new MarkdownResult("training");
        text.Line("# training");
        text.Line();
        text.Line($"{Environment.ProcessorCount} cores; seconds of the fit alone, two threads where a solver has them. Sum is Σ loss + ‖W‖²/2C by each solver's own weights; gap is what ours proves.");
        text.Line();
        text.Line("| set | solver | seconds | sum | gap / J | test log loss | accuracy | its seconds / ours |");
        text.Line("|---|---|---:|---:|---:|---:|---:|---:|");
        bool peers = !args.Contains("--ours");
        string[] chosen = [.. args.Where(arg => arg != "--ours")];
        foreach ((string name, Func<TrainingSet> make) in TrainingSet.All(data))
        {
            if (chosen.Length > 0 && !chosen.Contains(name))
                continue;

            string folder = Directory.CreateTempSubdirectory("credence-training-").FullName;
            try
            {
                One(make(), folder, text, peers);
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        if (args.Length == 0)
            text.Write();
        return 0;
    }

    private static void One(TrainingSet set, string folder, MarkdownResult text, bool peers)
    {
        string shape = $"{set.Name}: {set.Train.Rows} × {set.Train.Columns} × {set.TrainLabels.Classes}, C = {set.C}";
        TrainingResult ours = Ours(set, 1e-4, out double gap);
        Row(shape, ours, gap, ours);
        if (set.Train is SparseMatrix)
        {
            TrainingResult exact = Ours(set, 1e-7, out gap);
            Row("", exact with { Name = "ours, gap 1e-7" }, gap, ours);
        }

        if (!peers)
            return;

        bool large = set.Train.Rows > 100_000;
        int iterations = set.Name == "mnist" || large ? 100 : 1000;
        if (TrainingPeers.Sklearn(set, folder, iterations, 1e-6) is { } sklearn)
        {
            Row("", sklearn, double.NaN, ours);
            Reached(set, sklearn);
        }
        else
        {
            Console.Error.WriteLine("scikit-learn is missing: apt-get install python3-sklearn");
        }

        if (set.Train is DenseMatrix)
            Row("", TrainingPeers.MlNet(set), double.NaN, ours);
        else if (TrainingPeers.Liblinear(set, folder) is { } liblinear)
            Row("", liblinear, double.NaN, ours);
        else
            Console.Error.WriteLine("LIBLINEAR is missing: apt-get install liblinear-tools");

        void Row(string what, TrainingResult result, double proof, TrainingResult own)
        {
            string row = string.Create(
                CultureInfo.InvariantCulture,
                $"| {what} | {result.Name} | {result.Seconds:F3} | {Number(result.Sum, "F4")} | {Number(proof, "0.0e0")} | {Number(result.LogLoss, "F4")} | {result.Accuracy:F4} | {result.Seconds / own.Seconds:F1} |");
            text.Line(row);
        }

        // How soon ours is where the peer ended.
        void Reached(TrainingSet same, TrainingResult peer)
        {
            double seconds = SecondsTo(same, peer.Sum);
            string row = string.Create(CultureInfo.InvariantCulture, $"| | ours to scikit-learn's sum | {seconds:F3} | {peer.Sum:F4} | | | | {peer.Seconds / seconds:F1} of scikit-learn's |");
            text.Line(row);
        }
    }

    private static TrainingResult Ours(TrainingSet set, double tolerance, out double gap)
    {
        SoftmaxModel model = null!;
        var seconds = new List<double>();
        do
        {
            long start = Stopwatch.GetTimestamp();
            model = new SoftmaxRegression(new() { L2 = set.L2, Tolerance = tolerance }).Fit(set.Train, set.TrainLabels);
            seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        while (seconds.Count < 5 && seconds.Sum() < 5);

        seconds.Sort();
        gap = model.Certificate.DualityGap!.Value / model.Certificate.Objective;
        return FittedModel.Measure($"ours, {model.Certificate.Passes} passes", seconds[seconds.Count / 2], set, model.Weights.ToArray(), model.Bias.ToArray());
    }

    private static double SecondsTo(TrainingSet set, double sum)
    {
        long start = Stopwatch.GetTimestamp();
        double reached = double.NaN;
        var watch = new Watch(progress =>
        {
            if (double.IsNaN(reached) && progress.Objective * set.Train.Rows <= sum * (1 + 1e-6))
                reached = Stopwatch.GetElapsedTime(start).TotalSeconds;
        });
        new SoftmaxRegression(new() { L2 = set.L2, Tolerance = 1e-7 }).Fit(set.Train, set.TrainLabels, progress: watch);
        return reached;
    }

    private static string Number(double value, string format) => double.IsNaN(value) ? "" : value.ToString(format, CultureInfo.InvariantCulture);

    private sealed class Watch(Action<TrainingProgress> tell) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => tell(value);
    }
}
