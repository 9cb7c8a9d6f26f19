using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Credence.Data;
using Credence.Data.Columns;
using Credence.Data.Splits;
using Credence.Files;
using Credence.Files.Inputs;
using Credence.Models;
using Credence.Models.Learning;

namespace Credence.Benchmarks;

/// <summary>Boosted trees beside LightGBM and scikit-learn's HistGradientBoosting, each with its defaults, on the same rows: log loss of
/// held-out rows and seconds.</summary>
internal sealed class TreesBenchmark : IBenchmark
{
    private static readonly (string Name, string Train, string? Test)[] Sets =
    [
        ("adult", "adult/adult.txt", null), ("satimage", "satimage/sat.trn", "satimage/sat.tst"),
        ("covertype sample", "covtype_sample/covtype_sample.csv", null),
        ("optdigits", "optdigits/optdigits.tra", "optdigits/optdigits.tes"),
        ("pendigits", "pendigits/pendigits.smile.txt", null), ("letter", "letter/letter-recognition.data", null),
    ];

    public string Verb => "trees";

    public string Summary => "boosted trees beside LightGBM and scikit-learn's HistGradientBoosting; names of sets choose among them; "
        + "'speed' first takes equal settings";

    public int Run(string[] args)
    {
        if (!Directory.Exists(Repository.Data("")))
        {
            Console.Error.WriteLine("The data sets are absent: set CREDENCE_DATA to their folder.");
            return 2;
        }

        if (args is ["speed", .. var chosen])
            return TreesSpeed.Run(Sets, chosen);

        var report = Report.OfStudy(
            "trees",
            $"{Environment.ProcessorCount} threads. Log loss of test rows; uncalibrated, then calibrated for ours. Ours fits five folds "
                + "and the final model, with out-of-fold logits of every row; each peer one model, with a learning rate of .06, stopped "
                + "early on a tenth of the training rows, 50 rounds without a better one.",
            "set", "ours", "ours calibrated", "seconds", "LightGBM 4.7", "seconds", "HistGradientBoosting", "seconds", "ours / best peer");
        foreach ((string name, string train, string? test) in Sets)
        {
            if (args.Length == 0 || args.Contains(name))
                One(report, name, train, test);
        }

        if (args.Length == 0)
            report.Write();
        return 0;
    }

    private static void One(Report report, string name, string trainFile, string? testFile)
    {
        DataSet all = Read(trainFile);
        Split split = Split.Stratified(all, 0.2, 1);
        DataSet train = testFile is null ? all.Select(split.Train) : all, test = testFile is null ? all.Select(split.Test) : Read(testFile);
        string[] classes = [.. train.Labels!.Names];
        int[] known = [.. test.Labels!.Indices.ToArray().Select(label => Array.IndexOf(classes, test.Labels.Names[label]))];
        test = new DataSet(test.Features, new Labels(known, classes));
        long start = Stopwatch.GetTimestamp();
        ClassifierFit fit = new ClassifierLearner(new() { Models = [ModelName.Trees] }).Fit(train);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        ClassifierEvaluation ours = fit.Classifier.Evaluate(test);
        double plain = ours.Uncalibrated.Values()["log_loss"], calibrated = ours.Calibrated.Values()["log_loss"];

        (float[] values, int columns, string categories) = Matrix(train.Features);
        float[] testValues = Matrix(test.Features, train.Features).Values;
        Split stop = Split.Stratified(train, 0.1, 2);
        int[] labels = train.Labels.Indices.ToArray();
        string objective = classes.Length == 2
            ? "objective=binary metric=binary_logloss"
            : $"objective=multiclass metric=multi_logloss num_class={classes.Length}";
        start = Stopwatch.GetTimestamp();
        (double[] probabilities, _) = LightGbm.Run(
            Rows(values, columns, stop.Train), Gather(labels, stop.Train), Rows(values, columns, stop.Test), Gather(labels, stop.Test),
            testValues, columns,
            $"{objective} learning_rate=0.06 verbosity=-1 seed=1 categorical_feature={categories}");
        double light = Stopwatch.GetElapsedTime(start).TotalSeconds, lightLoss = Loss(probabilities, known, classes.Length);
        (double histLoss, double hist) = Histogram(values, labels, testValues, known, columns, categories);
        double best = double.IsNaN(histLoss) ? lightLoss : Math.Min(lightLoss, histLoss);
        report.Row(
            [name, .. new[] { plain, calibrated, seconds, lightLoss, light, histLoss, hist, Math.Min(plain, calibrated) / best }
                .Select(figure => figure.ToString("0.000", CultureInfo.InvariantCulture))]);
    }

    internal static DataSet Read(string file) =>
        DataFiles.Open([Repository.Data(file)], new ReadOptions { Label = "-1" }).ReadAll().ToDataSet();

    /// <summary>[rows, columns] of numbers and codes of categories, by the names of <paramref name="codes"/>; NaN where missing.</summary>
    internal static (float[] Values, int Columns, string Categories) Matrix(Table table, Table? codes = null)
    {
        int columns = table.Columns.Count;
        var values = new float[table.Rows * columns];
        var categories = new List<int>();
        for (int c = 0; c < columns; c++)
        {
            Func<int, float> cell;
            if (table.Columns[c] is CategoryColumn category)
            {
                categories.Add(c);
                string[] names = [.. ((CategoryColumn)(codes ?? table).Columns[c]).Categories];
                int[] codeOf = [.. category.Categories.Select(name => Array.IndexOf(names, name))];
                cell = row => category.Codes[row] is >= 0 and int code && codeOf[code] >= 0 ? codeOf[code] : float.NaN;
            }
            else
            {
                var number = (NumberColumn)table.Columns[c];
                cell = row => (float)number.Values[row];
            }

            for (int row = 0; row < table.Rows; row++)
                values[(row * columns) + c] = cell(row);
        }

        return (values, columns, string.Join(',', categories));
    }

    /// <summary>scikit-learn's log loss and seconds; NaN where it is not installed.</summary>
    /// <param name="train">[rows, columns].</param>
    /// <param name="labels">The class of each row.</param>
    /// <param name="test">As <paramref name="train"/>.</param>
    /// <param name="testLabels">Their classes.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="categories">The columns that hold codes.</param>
    /// <param name="rounds">The rounds, or 0 to stop early.</param>
    internal static (double Loss, double Seconds) Histogram(
        float[] train, int[] labels, float[] test, int[] testLabels, int columns, string categories, int rounds = 0)
    {
        string folder = Directory.CreateTempSubdirectory("credence-trees-").FullName;
        try
        {
            Write("train", MemoryMarshal.AsBytes(train.AsSpan()));
            Write("labels", MemoryMarshal.AsBytes(labels.AsSpan()));
            Write("test", MemoryMarshal.AsBytes(test.AsSpan()));
            Write("test_labels", MemoryMarshal.AsBytes(testLabels.AsSpan()));
            string script = Path.Combine(Repository.Folder()!, "bench", "peers", "sklearn_trees.py");
            return Programs.Say("/usr/bin/python3", script, folder, columns.ToString(CultureInfo.InvariantCulture), categories,
                    rounds.ToString(CultureInfo.InvariantCulture)) is { } said
                && said.Split() is [var loss, var seconds, ..]
                ? (double.Parse(loss, CultureInfo.InvariantCulture), double.Parse(seconds, CultureInfo.InvariantCulture))
                : (double.NaN, double.NaN);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        void Write(string name, ReadOnlySpan<byte> bytes) => File.WriteAllBytes(Path.Combine(folder, name), bytes.ToArray());
    }

    private static float[] Rows(float[] values, int columns, ReadOnlySpan<int> rows)
    {
        var chosen = new float[rows.Length * columns];
        for (int i = 0; i < rows.Length; i++)
            values.AsSpan(rows[i] * columns, columns).CopyTo(chosen.AsSpan(i * columns));

        return chosen;
    }

    private static int[] Gather(int[] values, ReadOnlySpan<int> rows)
    {
        var chosen = new int[rows.Length];
        for (int i = 0; i < rows.Length; i++)
            chosen[i] = values[rows[i]];

        return chosen;
    }

    internal static double Loss(double[] probabilities, int[] labels, int classes)
    {
        double sum = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            double p = classes == 2
                ? labels[row] == 1 ? probabilities[row] : 1 - probabilities[row]
                : probabilities[(row * classes) + labels[row]];
            sum -= Math.Log(Math.Max(p, 1e-15));
        }

        return sum / labels.Length;
    }
}
