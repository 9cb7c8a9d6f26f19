using System.Globalization;
using System.IO.Compression;
using Credence.Data;
using Credence.Data.Columns;
using Credence.Features;
using Credence.Features.Matrices;
using Credence.Features.Options;
using Credence.Files;
using Credence.Files.Inputs;

namespace Credence.Benchmarks;

/// <summary>Rows to fit and rows to test, as numbers, the same for every contestant.</summary>
internal sealed record TrainingSet(string Name, IFeatureMatrix Train, Labels TrainLabels, IFeatureMatrix Test, Labels TestLabels, double C)
{
    /// <summary>The penalty that scikit-learn's C stands for.</summary>
    public double Lambda => 1 / (C * Train.Rows);

    /// <summary>The sets of the goals, made one at a time.</summary>
    public static IEnumerable<(string Name, Func<TrainingSet> Make)> All(string data)
    {
        yield return ("optdigits", () => Table("optdigits", $"{data}/optdigits/optdigits.tra", $"{data}/optdigits/optdigits.tes", 1));
        yield return ("satimage", () => Table("satimage", $"{data}/satimage/sat.trn", $"{data}/satimage/sat.tst", 1));
        yield return ("letter", () => Table("letter", $"{data}/letter/letter-recognition.data", null, 1, 16_000));
        yield return ("letter C = 10", () => Table("letter C = 10", $"{data}/letter/letter-recognition.data", null, 10, 16_000));
        yield return ("covertype sample", () => Table("covertype sample", $"{data}/covtype_sample/covtype_sample.csv", null, 1, 8_000));
        yield return ("covertype 581,012", () => Covertype(data));
        yield return ("fashion 10k", () => Images("fashion 10k", $"{data}/fashion_mnist", 0.1));
        yield return ("mnist", () => Images("mnist", $"{data}/mnist", 1));
        foreach ((string name, Func<TextRows> read) in TextRows.All(data).Where(set => set.Name is "trec-6" or "trec-50" or "dair"))
            yield return (name, () => Text(name, read(), 100));
        yield return ("clinc150", () =>
            Text("clinc150", new TextRows(TextRows.Intents(data, "train"), TextRows.Intents(data, "test")), 100));
    }

    /// <summary>Words and pairs of words, TF-IDF, every one a feature.</summary>
    private static TrainingSet Text(string name, TextRows texts, double c)
    {
        (string Text, string Label)[] train = texts.Train;
        string[] classes = [.. train.Select(row => row.Label).Distinct().Order(StringComparer.Ordinal)];
        (string Text, string Label)[] test = [.. texts.Test!.Where(row => classes.Contains(row.Label))];
        var options = new FeatureOptions { Text = new() { MaxWords = 2, MaxCharacters = 0, MaxGap = 0, MinTexts = 1 } };
        Table rows = TableOf(train), held = TableOf(test);
        FeaturePipeline pipeline = FeaturePipeline.Fit(rows, null, options);
        return new TrainingSet(name, pipeline.Apply(rows), LabelsOf(train), pipeline.Apply(held), LabelsOf(test), c);

        static Table TableOf((string Text, string Label)[] rows) =>
            new([TextColumn.FromStrings("text", [.. rows.Select(row => row.Text)])]);
        Labels LabelsOf((string Text, string Label)[] rows) => new([.. rows.Select(row => Array.IndexOf(classes, row.Label))], classes);
    }

    /// <summary>Numbers, standardised.</summary>
    private static TrainingSet Table(string name, string file, string? test, double c, int trainRows = 0)
    {
        DataSet all = DataFiles.Open([file], new ReadOptions { Label = "-1" }).ReadAll().ToDataSet();
        DataSet held = test is null ? all.Select([.. Enumerable.Range(trainRows, all.Rows - trainRows)])
            : DataFiles.Open([test], new ReadOptions { Label = "-1" }).ReadAll().ToDataSet();
        DataSet rows = test is null ? all.Select([.. Enumerable.Range(0, trainRows)]) : all;
        FeaturePipeline pipeline = FeaturePipeline.Fit(rows.Features);
        int[] matched = [.. held.Labels!.Indices.ToArray().Select(index => rows.Labels!.Names.ToList().IndexOf(held.Labels.Names[index]))];
        return new TrainingSet(name, pipeline.Apply(rows.Features), rows.Labels!, pipeline.Apply(held.Features),
            new Labels(matched, rows.Labels!.Names), c);
    }

    /// <summary>The sample of covertype again and again, with noise on what varies, to the size of the whole.</summary>
    private static TrainingSet Covertype(string data)
    {
        TrainingSet sample = Table("covertype", $"{data}/covtype_sample/covtype_sample.csv", null, 1, 8_000);
        var dense = (DenseMatrix)sample.Train;
        const int Rows = 581_012;
        var rng = new Numerics.Rng(1);
        var values = new float[Rows * dense.Columns];
        var labels = new int[Rows];
        for (int i = 0; i < Rows; i++)
        {
            labels[i] = sample.TrainLabels[i % dense.Rows];
            ReadOnlySpan<float> row = dense.Row(i % dense.Rows);
            for (int j = 0; j < row.Length; j++)
                values[(i * row.Length) + j] = row[j] + (float)(0.1 * rng.NextNormal());
        }

        return sample with
        {
            Name = "covertype 581,012",
            Train = new DenseMatrix(values, Rows, dense.Columns),
            TrainLabels = new Labels(labels, sample.TrainLabels.Names)
        };
    }

    /// <summary>Pixels from 0 to 1.</summary>
    private static TrainingSet Images(string name, string folder, double c)
    {
        (DenseMatrix x, Labels y) = Part("train");
        (DenseMatrix held, Labels truth) = Part("t10k");
        return new TrainingSet(name, x, y, held, truth, c);

        (DenseMatrix X, Labels Y) Part(string part)
        {
            byte[] pixels = Bytes(Path.Combine(folder, $"{part}-images-idx3-ubyte.gz"), 16),
                labels = Bytes(Path.Combine(folder, $"{part}-labels-idx1-ubyte.gz"), 8);
            return (new DenseMatrix([.. pixels.Select(pixel => pixel / 255f)], labels.Length, 784),
                new Labels([.. labels.Select(label => (int)label)],
                    [.. Enumerable.Range(0, 10).Select(k => k.ToString(CultureInfo.InvariantCulture))]));
        }

        static byte[] Bytes(string file, int header)
        {
            using var unpacked = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
            using var memory = new MemoryStream();
            unpacked.CopyTo(memory);
            return memory.ToArray()[header..];
        }
    }
}
