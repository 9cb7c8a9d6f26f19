using System.Diagnostics;
using System.Globalization;
using Credence.Boosting;
using Credence.Data;
using Credence.Data.Columns;
using Credence.Data.Splits;
using Credence.Features;
using Credence.Features.Matrices;
using Credence.LogitModels;
using Credence.Numerics;

namespace Credence.Benchmarks;

/// <summary>Boosted trees beside LightGBM and scikit-learn at equal rounds, leaves, depth, rows a leaf, rate, penalty and bins: ratios of
/// the seconds of binning and training, and of predicting 100,000 rows.</summary>
internal static class TreesSpeed
{
    private const int Turns = 3, PredictedRows = 100_000, ManyRows = 581_012, PassesOfOneRow = 2000;

    /// <summary>Prints the table of the chosen sets, or of all, which is also written.</summary>
    public static int Run((string Name, string Train, string? Test)[] sets, string[] chosen)
    {
        var report = Report.OfStudy(
            "trees-speed",
            $"{Environment.ProcessorCount} threads, 100 rounds (20 of the most rows), 31 leaves, 255 bins, depth 12, 20 rows a leaf, rate "
                + $".1, λ 1. Each figure is the least of {Turns} turns, taken alternately; scikit-learn has one. One "
                + "thread is timed by its own clock, which doesn't count what other programs take. The machine was shared: read "
                + "the ratios.",
            "set", "log loss", "LightGBM's", "scikit-learn's", "time / LightGBM's", "one thread's", "time / scikit-learn's",
            "rows a second / LightGBM's", "one thread's", "µs one row");
        (double light, double hist) = (0, 0);
        int count = 0;
        (string, string, string?) manyRows = ("covertype many rows", "covtype_sample/covtype_sample.csv", null);
        foreach ((string name, string train, string? test) in sets.Append(manyRows))
        {
            if (chosen.Length > 0 && !chosen.Contains(name))
                continue;

            (double ofLight, double ofHist) = One(report, name, train, test, name.EndsWith("many rows", StringComparison.Ordinal));
            (light, hist, count) = (light + Math.Log(ofLight), hist + Math.Log(ofHist), count + 1);
            // What is done is kept where the run is stopped.
            if (chosen.Length == 0)
                report.Write();
        }

        report.Note($"Geometric means of the times' ratios: {Said(Math.Exp(light / count))} and {Said(Math.Exp(hist / count))}.");
        if (chosen.Length == 0)
            report.Write();
        return 0;
    }

    private static (double Light, double Hist) One(Report report, string name, string trainFile, string? testFile, bool isMany)
    {
        DataSet whole = TreesBenchmark.Read(trainFile);
        Split split = Split.Stratified(whole, 0.2, 1);
        DataSet train = testFile is null ? whole.Select(split.Train) : whole;
        DataSet test = testFile is null ? whole.Select(split.Test) : TreesBenchmark.Read(testFile);
        string[] classes = [.. train.Labels!.Names];
        int[] known = [.. test.Labels!.Indices.ToArray().Select(label => Array.IndexOf(classes, test.Labels.Names[label]))];
        if (isMany)
            train = Repeated(train, ManyRows);

        int rounds = isMany ? 20 : 100;
        int[] labels = train.Labels!.Indices.ToArray();
        var pipeline = FeaturePipeline.Fit(train.Features, train.Labels);
        IFeatureMatrix features = pipeline.Apply(train.Features), tested = pipeline.Apply(test.Features);
        IFeatureMatrix predicted = tested.Select([.. Enumerable.Range(0, PredictedRows).Select(i => i % tested.Rows)]);
        (float[] values, int columns, string categories) = TreesBenchmark.Matrix(train.Features);
        float[] testValues = TreesBenchmark.Matrix(test.Features, train.Features).Values;
        var manyValues = new float[PredictedRows * columns];
        for (int i = 0; i < manyValues.Length; i++)
            manyValues[i] = testValues[i % testValues.Length];

        string parameters = (classes.Length == 2 ? "objective=binary" : $"objective=multiclass num_class={classes.Length}")
            + " learning_rate=0.1 num_leaves=31 max_depth=12 max_bin=255 min_data_in_leaf=20 lambda_l2=1 verbosity=-1 seed=1 "
            + $"categorical_feature={categories} num_threads=";
        var learner = new BoostedTreesLearner(new() { Rounds = rounds, LearningRate = 0.1 });
        TreeModel? model = null;
        double[] probabilities = [];
        // Ours and theirs, training and predicting: on all threads, then on one.
        double[][] least = [[.. Enumerable.Repeat(double.MaxValue, 4)], [.. Enumerable.Repeat(double.MaxValue, 4)]];
        for (int turn = 0; turn < 2 * Turns; turn++)
        {
            int single = turn % 2;
            Func<Action, double> clock = single == 1 ? Race.ThreadSeconds : Seconds;
            var rows = new LearnerRows(train.Labels, pipeline, features, new int[labels.Length]) { MaxThreads = single };
            double own = clock(() => model = learner.FitRounds(rows)), ownPredict = clock(() => model!.Score(predicted, single));
            (probabilities, double seconds, double predict) = LightGbm.Rounds(
                values, labels, manyValues, columns, rounds, parameters + (single == 1 ? 1 : Environment.ProcessorCount), clock);
            least[single] = [.. least[single].Zip([own, seconds, ownPredict, predict], Math.Min)];
        }

        double ours = CrossEntropy.TotalLoss(model!.Score(tested).Values, classes.Length, known) / known.Length;
        int outputs = classes.Length == 2 ? 1 : classes.Length;
        double lights = TreesBenchmark.Loss(probabilities[..(known.Length * outputs)], known, classes.Length);
        (double histLoss, double hist) = TreesBenchmark.Histogram(values, labels, testValues, known, columns, categories, rounds);
        IFeatureMatrix one = tested.Select([0]);
        double row = Seconds(() =>
        {
            for (int i = 0; i < PassesOfOneRow; i++)
                model.Score(one, 1);
        });
        double[] all = least[0], lone = least[1];
        report.Row([name, .. new[]
            {
                ours, lights, histLoss, all[0] / all[1], lone[0] / lone[1], all[0] / hist, all[3] / all[2], lone[3] / lone[2],
            }.Select(Said),
            (row / PassesOfOneRow * 1e6).ToString("0.0", CultureInfo.InvariantCulture)]);
        return (all[0] / all[1], all[0] / hist);
    }

    /// <summary>The rows again and again, with noise on each number of more than two values.</summary>
    private static DataSet Repeated(DataSet data, int rows)
    {
        var random = new Rng(1);
        DataSet many = data.Select([.. Enumerable.Range(0, rows).Select(i => i % data.Rows)]);
        return many with
        {
            Features = new Table([.. many.Features.Columns.Select(column =>
            {
                if (column is not NumberColumn number || data.Features.Rows == 0)
                    return column;

                double[] noisy = number.Values.ToArray();
                if (noisy.Distinct().Count() > 50)
                {
                    for (int row = 0; row < rows; row++)
                        noisy[row] = Math.Round(noisy[row] * (1 + (0.01 * random.NextNormal())));
                }

                return new NumberColumn(number.Name, noisy);
            })]),
        };
    }

    private static double Seconds(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static string Said(double figure) => figure.ToString("0.000", CultureInfo.InvariantCulture);
}
