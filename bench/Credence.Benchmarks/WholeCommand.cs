using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Credence.Data;
using Credence.Data.Columns;
using Credence.Features.Matrices;
using Credence.Files.Inputs;
using Credence.Linear;
using Credence.Models.Learning;

namespace Credence.Benchmarks;

/// <summary>From a file of texts to a model, each by its own command: <c>credence train</c> as it comes, with path, folds, calibration and
/// evaluation, beside <c>fasttext supervised</c> with 25 epochs and pairs of words on two threads.</summary>
internal static partial class WholeCommand
{
    /// <summary>Ours, by the command built from source; null with the reason on standard error where it fails.</summary>
    public static TrainingResult? Ours(TextRows set, string folder)
    {
        string train = WriteJson(set.Train, Path.Combine(folder, "train.jsonl"));
        string[] measured = set.Test is null
            ? ["--folds", set.Folds.ToString(CultureInfo.InvariantCulture)]
            : ["--test", WriteJson(set.Test, Path.Combine(folder, "test.jsonl"))];
        string command = Path.Combine(Repository.Folder()!, "credence");
        _ = Programs.Say(command, "--version");
        long start = Stopwatch.GetTimestamp();
        string? said = Programs.Say(command,
            ["train", train, "--label", "label", .. measured, "--json", "--quiet", "--out", Path.Combine(folder, "model.credence")]);
        if (said is null)
            return null;

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        using JsonDocument document = JsonDocument.Parse(said);
        JsonElement test = document.RootElement.GetProperty("test");
        return new TrainingResult("credence train", seconds, double.NaN, test.GetProperty("log_loss")
            .GetDouble(), test.GetProperty("accuracy").GetDouble());
    }

    /// <summary>Seconds of the one fit at the chosen λ on the chosen features.</summary>
    public static double SecondsOfFit(TextRows set)
    {
        string[] classes = [.. set.Train.Select(row => row.Label).Distinct().Order(StringComparer.Ordinal)];
        var texts = new Table([TextColumn.FromStrings("text", [.. set.Train.Select(row => row.Text)])]);
        var labels = new Labels([.. set.Train.Select(row => Array.IndexOf(classes, row.Label))], classes);
        ClassifierFit fit = new ClassifierLearner().Fit(new DataSet(texts, labels));
        IFeatureMatrix x = fit.Classifier.Pipeline.Apply(texts);
        var options = new SoftmaxRegressionOptions { Lambda = fit.Path!.Lambda };
        long start = Stopwatch.GetTimestamp();
        _ = new SoftmaxRegression(options).Fit(x, labels);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>fastText, the seconds of all folds where there are folds; null where it is not installed.</summary>
    public static TrainingResult? FastText(TextRows set, string folder)
    {
        double seconds = 0, loss = 0;
        int right = 0, rows = 0;
        foreach (TextRows fold in set.Split())
        {
            string train = WriteLabelled(fold.Train, Path.Combine(folder, "train.ft")),
                test = WriteLabelled(fold.Test!, Path.Combine(folder, "test.ft"));
            string model = Path.Combine(folder, "fasttext");
            long start = Stopwatch.GetTimestamp();
            if (Programs.Say("fasttext", "supervised", "-input", train, "-output", model, "-epoch", "25", "-wordNgrams", "2", "-thread",
                "2", "-verbose", "0") is null)
                return null;

            seconds += Stopwatch.GetElapsedTime(start).TotalSeconds;
            string[] answers = Programs.Say("fasttext", "predict-prob", model + ".bin", test, "-1")!.Split('\n');
            for (int i = 0; i < fold.Test!.Length; i++, rows++)
            {
                string[] pairs = answers[i].Split(' ', StringSplitOptions.RemoveEmptyEntries);
                string truth = Label(fold.Test[i].Label);
                int at = Array.IndexOf(pairs, truth);
                right += at == 0 ? 1 : 0;
                // It prints few digits, and none of the labels below them.
                loss -= Math.Log(at < 0 ? 1e-5 : Math.Clamp(double.Parse(pairs[at + 1], CultureInfo.InvariantCulture), 1e-5, 1));
            }
        }

        return new TrainingResult("fastText", seconds, double.NaN, loss / rows, (double)right / rows);
    }

    private static string Label(string name) => "__label__" + name.Replace(' ', '_');

    private static string WriteJson((string Text, string Label)[] rows, string file)
    {
        File.WriteAllLines(file, rows.Select(row => JsonSerializer.Serialize(new { text = row.Text, label = row.Label })));
        return file;
    }

    /// <summary>Small letters, and signs apart from words, as fastText's own tutorial prepares its texts.</summary>
    private static string WriteLabelled((string Text, string Label)[] rows, string file)
    {
        File.WriteAllLines(file, rows.Select(row => $"{Label(row.Label)} {Signs().Replace(row.Text.ToLowerInvariant(), " $1 ")}"),
            new UTF8Encoding(false));
        return file;
    }

    [GeneratedRegex("([.!?,'/()])")]
    private static partial Regex Signs();
}
