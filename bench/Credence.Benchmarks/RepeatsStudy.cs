using System.Globalization;
using Credence.Data;
using Credence.Data.Splits;
using Credence.Models;
using Credence.Models.Learning;
using Credence.Numerics;

namespace Credence.Benchmarks;

/// <summary>Repeated rows taken for copies, for a population, and judged from the data, against the truth of simulated tables.</summary>
internal sealed class RepeatsStudy : IBenchmark
{
    private const int FreshRows = 4000;

    private static readonly (string Name, int Numbers, bool IsCopied)[] Kinds =
        [("populations", 0, false), ("copies", 2, true), ("copies of categories", 0, true)];

    public string Verb => "repeats";

    public string Summary => "repeated rows: copies or a population, against simulated truth: repeats [tables] [rows …]";

    public int Run(string[] args)
    {
        int[] numbers = [.. args.Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
        int tables = numbers.Length > 0 ? numbers[0] : 200;
        int[] sizes = numbers.Length > 1 ? numbers[1..] : [50, 200, 1000, 5000, 50_000];
        var report = new MarkdownResult("repeats");
        report.Line("# Repeated rows: copies or a population");
        report.Line();
        report.Line($"Mean over {tables} simulated tables of the expected log loss of fresh rows under the true probabilities, less their "
            + "entropy, by what `train` takes equal rows for; how often the judgement from the data is \"copies\"; and how often default "
            + "prediction sets (aim 90 %) contain the true class. *Populations*: 1 to 5 dependent columns of 2 to 10 categories with main "
            + "effects and interactions. *Copies*: the same with two columns of numbers, half as many rows drawn and each present "
            + "one to three times. *Copies of categories*: such copies without the numbers.");
        report.Line();
        report.Line("| tables, rows | repeated rows | as copies | as a population | judged | judged − better | judged copies | coverage |");
        report.Line("| --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (int rows in sizes)
        {
            for (int kind = 0; kind < Kinds.Length; kind++)
                Study(report, rows, tables, kind);
        }

        report.Write();
        return 0;
    }

    private static void Study(MarkdownResult report, int rows, int tables, int kind)
    {
        var outcomes = new (double Copies, double Population, bool IsCopies, double Repeated, double Coverage)[tables];
        Chunks.For(tables, 0, table => outcomes[table] =
            One(new Rng(15).Split((ulong)(table + 1_000_000 * kind)), rows, Kinds[kind].Numbers, Kinds[kind].IsCopied));
        double copies = outcomes.Average(outcome => outcome.Copies), population = outcomes.Average(outcome => outcome.Population);
        double judged = outcomes.Average(outcome => outcome.IsCopies ? outcome.Copies : outcome.Population);
        string Text(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);
        string Percent(double value) => value.ToString("0.0 %", CultureInfo.InvariantCulture);
        double isCopies = outcomes.Average(outcome => outcome.IsCopies ? 1.0 : 0);
        report.Line($"| {Kinds[kind].Name}, {rows:#,0} | {Percent(outcomes.Average(outcome => outcome.Repeated))} "
            + $"| {Text(copies)} | {Text(population)} | {Text(judged)} | {Text(judged - Math.Min(copies, population))} "
            + $"| {Percent(isCopies)} | {Percent(outcomes.Average(outcome => outcome.Coverage))} |");
    }

    private static (double, double, bool, double, double) One(Rng rng, int rows, int numbers, bool copied)
    {
        DataSet train, fresh;
        double[] truth;
        do
        {
            var population = new SimulatedTable(rng, numbers);
            train = population.Draw(copied ? rows / 2 : rows, rng).Data;
            if (copied)
                train = Copied(train, rng);

            (fresh, truth) = population.Draw(FreshRows, rng);
        }
        while (train.Labels!.Counts().Any(count => count < 4) || RowUnits.Compute(train).Count < 4);

        RowRepeats judged = RowRepeats.Judge(train);
        (double copies, double copiesCoverage) = Loss(train, RepeatedRows.Copies, fresh, truth);
        (double population2, double coverage) = Loss(train, RepeatedRows.Population, fresh, truth);
        bool isCopies = judged.Are == RepeatedRows.Copies;
        return (copies, population2, isCopies, judged.Repeated / (double)train.Rows, isCopies ? copiesCoverage : coverage);
    }

    private static DataSet Copied(DataSet data, Rng rng)
    {
        var rows = new List<int>();
        for (int row = 0; row < data.Rows; row++)
        {
            for (int copies = 1 + rng.NextInt(3); copies > 0; copies--)
                rows.Add(row);
        }

        int[] order = [.. rows];
        rng.Shuffle<int>(order);
        return data.Select(order);
    }

    private static (double Excess, double Coverage) Loss(DataSet train, RepeatedRows repeats, DataSet fresh, double[] truth)
    {
        var options = new ClassifierOptions { Repeats = repeats, MaxThreads = 1, Sets = new() { AcceptRareParts = true } };
        Classifier classifier = new ClassifierLearner(options).Fit(train).Classifier;
        IReadOnlyList<Prediction> predictions = classifier.Predict(
            fresh.Features, new() { Top = classifier.Classes.Count, Alpha = 0.1, MaxThreads = 1 });
        double excess = 0, coverage = 0;
        for (int row = 0; row < fresh.Rows; row++)
        {
            Prediction prediction = predictions[row];
            for (int k = 0; k < classifier.Classes.Count; k++)
            {
                double p = truth[row * classifier.Classes.Count + k];
                string name = classifier.Classes[k];
                double q = Math.Max(prediction.Top.First(entry => entry.Label == name).Probability, 1e-15);
                excess += p * Math.Log(p / q);
                coverage += prediction.Set?.Contains(name) != false ? p : 0;
            }
        }

        return (excess / fresh.Rows, coverage / fresh.Rows);
    }
}
