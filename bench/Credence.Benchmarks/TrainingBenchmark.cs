using System.Diagnostics;
using System.Globalization;
using Credence.Features.Matrices;
using Credence.Linear;
using Credence.Optimization;

namespace Credence.Benchmarks;

/// <summary>
/// Softmax regression beside scikit-learn, ML.NET and LIBLINEAR on the same numbers: seconds of the fit alone on the wall's clock, the sum
/// that all minimise, and what came of it; then whole commands on texts beside fastText. Names of sets as arguments choose among them.
/// </summary>
internal sealed class TrainingBenchmark : IBenchmark
{
    public string Verb => "training";

    public string Summary =>
        "softmax regression beside scikit-learn, ML.NET, LIBLINEAR and fastText; names of sets choose among them, --ours leaves the "
        + "peers out";

    public int Run(string[] args)
    {
        string data = Repository.Data("");
        if (!Directory.Exists(data))
        {
            Console.Error.WriteLine("The data sets are absent: set CREDENCE_DATA to their folder.");
            return 2;
        }

        var report = Report.OfStudy(
            "training",
            $"{Environment.ProcessorCount} cores; seconds of the fit alone, two threads where a solver has them. Sum is Σ loss + ‖W‖²/2C "
                + "by each solver's own weights; gap is what ours proves.",
            "set", "solver", "seconds", "sum", "gap / J", "test log loss", "accuracy", "its seconds / ours");
        bool peers = !args.Contains("--ours");
        string[] chosen = [.. args.Where(arg => arg != "--ours")];
        foreach ((string name, Func<TrainingSet> make) in TrainingSet.All(data))
        {
            if (chosen.Length > 0 && !chosen.Contains(name))
                continue;

            InFolder(folder => One(make(), folder, report, peers));
        }

        report.Table(
            "From a file of texts to a model, whole commands: `credence train` with path, folds, calibration and evaluation; `fasttext "
                + "supervised -epoch 25 -wordNgrams 2 -thread 2`, as many times as there are folds.",
            "set", "rows", "credence train", "fastText", "ours / fastText", "one fit at the chosen λ", "accuracy", "fastText's",
                "test log loss", "fastText's");
        foreach ((string name, Func<TextRows> read) in TextRows.All(data))
        {
            if (chosen.Length == 0 || chosen.Contains(name))
                InFolder(folder => Command(name, read(), folder, report, peers));
        }

        if (args.Length == 0)
            report.Write();
        return 0;
    }

    private static void InFolder(Action<string> work)
    {
        string folder = Directory.CreateTempSubdirectory("credence-training-").FullName;
        try
        {
            work(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Command(string name, TextRows set, string folder, Report report, bool peers)
    {
        if (WholeCommand.Ours(set, folder) is not { } ours)
            return;

        TrainingResult? fastText = peers ? WholeCommand.FastText(set, folder) : null;
        if (peers && fastText is null)
            Console.Error.WriteLine("fastText is missing: apt-get install fasttext");
        report.Row(
            name, $"{set.Train.Length}{(set.Folds > 0 ? $", {set.Folds} folds" : "")}", Number(ours.Seconds, "F1"),
                Number(fastText?.Seconds, "F1"), Number(ours.Seconds / fastText?.Seconds, "F2"),
            Number(WholeCommand.SecondsOfFit(set), "F2"), Number(ours.Accuracy, "F4"), Number(fastText?.Accuracy, "F4"),
                Number(ours.LogLoss, "F4"), Number(fastText?.LogLoss, "F4"));
    }

    private static void One(TrainingSet set, string folder, Report report, bool peers)
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
            report.Row(
                what, result.Name, Number(result.Seconds, "F3"), Number(result.Sum, "F4"), Number(proof, "0.0e0"),
                    Number(result.LogLoss, "F4"), Number(result.Accuracy, "F4"), Number(result.Seconds / own.Seconds, "F1"));
        }

        // How soon ours is where the peer ended.
        void Reached(TrainingSet same, TrainingResult peer)
        {
            double seconds = SecondsTo(same, peer.Sum);
            report.Row("", "ours to scikit-learn's sum", Number(seconds, "F3"), Number(peer.Sum, "F4"), "", "", "",
                $"{Number(peer.Seconds / seconds, "F1")} of scikit-learn's");
        }
    }

    private static TrainingResult Ours(TrainingSet set, double tolerance, out double gap)
    {
        SoftmaxModel model = null!;
        var seconds = new List<double>();
        do
        {
            long start = Stopwatch.GetTimestamp();
            model = new SoftmaxRegression(new() { Lambda = set.Lambda, Tolerance = tolerance }).Fit(set.Train, set.TrainLabels);
            seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        while (seconds.Count < 5 && seconds.Sum() < 5);

        seconds.Sort();
        gap = model.Certificate.DualityGap!.Value / model.Certificate.Objective;
        return FittedModel.Measure($"ours, {model.Certificate.Passes} passes", seconds[seconds.Count / 2], set, model.Weights.ToArray(),
            model.Bias.ToArray());
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
        _ = new SoftmaxRegression(new() { Lambda = set.Lambda, Tolerance = 1e-7 }).Fit(set.Train, set.TrainLabels, progress: watch);
        return double.IsNaN(reached) ? Stopwatch.GetElapsedTime(start).TotalSeconds : reached;
    }

    private static string Number(double? value, string format) =>
        value is { } number && !double.IsNaN(number) ? number.ToString(format, CultureInfo.InvariantCulture) : "";

    private sealed class Watch(Action<TrainingProgress> tell) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => tell(value);
    }
}
