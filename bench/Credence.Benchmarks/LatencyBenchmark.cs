using System.Text;
using Credence.Calibration.Scaling;
using Credence.Data;
using Credence.Data.Columns;
using Credence.Data.Scores;
using Credence.Models;
using Credence.Models.Learning;
using Credence.Numerics;

namespace Credence.Benchmarks;

/// <summary>What one prediction costs, and one of a thousand made together: microseconds of the calling thread's clock, or the wall's
/// where several threads work, and bytes allocated.</summary>
internal sealed class LatencyBenchmark : IBenchmark
{
    private const int TrainRows = 2000, Many = 1000;

    public string Verb => "latency";

    public string Summary => "one row and a thousand of each kind of model: microseconds and bytes";

    public int Run(string[] args)
    {
        var report = Report.OfStudy(
            "latency",
            "One prediction, and a thousand rows predicted together on all cores, by a trained model of each kind.",
            "model", "features", "one row, µs", "one row, bytes", "a row of 1,000, µs", "a row of 1,000, bytes");
        foreach (Model model in Models())
        {
            double one = Race.Run([model.One])[0], many = Race.Run([model.Thousand], wall: true)[0] / Many;
            report.Row(model.Name, $"{model.Features:N0}", $"{one * 1e6:0.0}", $"{Bytes(model.One):N0}", $"{many * 1e6:0.00}",
                $"{Bytes(model.Thousand) / Many:N0}");
        }

        report.Write();
        return 0;
    }

    private static IEnumerable<Model> Models()
    {
        yield return Classifier("4 numbers, 3 classes", Numbers(4), 3);
        yield return Classifier("8 numbers and 6 categories, 2 classes", [.. Numbers(8), .. Categories(6)], 2);
        yield return Classifier("trees: 8 numbers and 6 categories, 2 classes", [.. Numbers(8), .. Categories(6)], 2, ModelName.Trees);
        yield return Classifier("trees: 8 numbers, 10 classes", Numbers(8), 10, ModelName.Trees);
        yield return Classifier("blend: 8 numbers and 6 categories, 2 classes", [.. Numbers(8), .. Categories(6)], 2, ModelName.Blend);
        yield return Classifier("a vector of 784, 10 classes", [Vector(784)], 10);
        yield return Classifier("a text of 16 words, 2 classes", [Texts()], 2);
        yield return Classifier("a text of 16 words, 20 classes", [Texts()], 20);
        yield return Several("a text of 16 words, 5 labels", [Texts()], 5);
        yield return Scores("calibrated logits, 10 classes", 10);
        yield return Scores("calibrated logits, 1,000 classes", 1000);
    }

    private static long Bytes(Action action)
    {
        long before = GC.GetTotalAllocatedBytes(true);
        for (int i = 0; i < 10; i++)
            action();

        return (GC.GetTotalAllocatedBytes(true) - before) / 10;
    }

    private static Model Classifier(
        string name, Func<int, Rng, int[], IColumn>[] columns, int classes, ModelName model = ModelName.Linear)
    {
        (Table table, int[] hidden) = Draw(columns, classes);
        string[] names = [.. Enumerable.Range(0, classes).Select(k => $"class {k}")];
        Classifier classifier = new ClassifierLearner(new() { Models = [model] })
            .Fit(new DataSet(table, new Labels(hidden, names))).Classifier;
        Predictor predictor = classifier.PredictorFor();
        Table one = table.Select([1]), many = table.Select([.. Enumerable.Range(0, Many)]);
        return new Model(
            name, classifier.Pipeline.Columns, () => classifier.PredictWith(predictor, one), () => classifier.PredictWith(predictor, many));
    }

    private static Model Several(string name, Func<int, Rng, int[], IColumn>[] columns, int labels)
    {
        (Table table, int[] hidden) = Draw(columns, labels);
        string[] names = [.. Enumerable.Range(0, labels).Select(k => $"label {k}")];
        int[] starts = [.. Enumerable.Range(0, hidden.Length + 1)];
        var data = new DataSet(table, null) { LabelSets = new LabelSets(starts, hidden, names) };
        MultiLabelClassifier classifier = new MultiLabelLearner().Fit(data).Classifier;
        Table one = table.Select([1]), many = table.Select([.. Enumerable.Range(0, Many)]);
        return new Model(name, classifier.Pipeline.Columns, () => classifier.Predict(one), () => classifier.Predict(many));
    }

    private static Model Scores(string name, int classes)
    {
        var rng = new Rng(3);
        double[] values = [.. Enumerable.Range(0, Many * classes).Select(_ => rng.NextNormal())];
        string[] names = [.. Enumerable.Range(0, classes).Select(k => $"class {k}")];
        var labels = new Labels([.. Enumerable.Range(0, Many).Select(_ => rng.NextInt(classes))], names);
        TemperatureScaling calibrator = TemperatureScaling.Fit(new Logits(values, classes), labels);
        Logits one = new(values[..classes], classes), many = new(values, classes);
        return new Model(name, classes, () => calibrator.Apply(one), () => calibrator.Apply(many));
    }

    private static (Table Table, int[] Hidden) Draw(Func<int, Rng, int[], IColumn>[] columns, int classes)
    {
        var rng = new Rng(1);
        int[] hidden = [.. Enumerable.Range(0, TrainRows).Select(_ => rng.NextInt(classes))];
        return (new Table([.. columns.Select((column, i) => column(i, rng, hidden))]), hidden);
    }

    private static Func<int, Rng, int[], IColumn>[] Numbers(int count) =>
        [.. Enumerable.Repeat<Func<int, Rng, int[], IColumn>>(
            (i, rng, hidden) => new NumberColumn($"number {i}", [.. hidden.Select(k => rng.NextNormal() + (k == i ? 1 : 0))]), count)];

    private static Func<int, Rng, int[], IColumn>[] Categories(int count) =>
        [.. Enumerable.Repeat<Func<int, Rng, int[], IColumn>>(
            (i, rng, hidden) =>
                CategoryColumn.FromNames($"category {i}", [.. hidden.Select(k => $"name {(k + rng.NextInt(8)) % 10}")]), count)];

    private static Func<int, Rng, int[], IColumn> Vector(int width) => (_, rng, hidden) =>
    {
        var values = new float[hidden.Length * width];
        rng.FillNormal(values);
        for (int row = 0; row < hidden.Length; row++)
            values[row * width + hidden[row]] += 2;

        return new VectorColumn("vector", values, hidden.Length, width);
    };

    private static Func<int, Rng, int[], IColumn> Texts() => (_, rng, hidden) =>
        TextColumn.FromStrings("text", [.. hidden.Select(k => Text(k, rng))]);

    private static string Text(int hidden, Rng rng)
    {
        var text = new StringBuilder();
        for (int i = 0; i < 16; i++)
            text.Append(Word(rng.NextInt(4) == 0 ? hidden : 50 + (int)(5000 * Math.Pow(rng.NextDouble(), 3)))).Append(' ');

        return text.ToString();
    }

    private static string Word(int number)
    {
        var word = new StringBuilder();
        for (uint rest = (uint)number * 2654435761u >> 8; rest > 0; rest /= 21)
            word.Append("abcdefghilmnoprstuvwz"[(int)(rest % 21)]);

        return word.ToString();
    }

    private sealed record Model(string Name, int Features, Action One, Action Thousand);
}
