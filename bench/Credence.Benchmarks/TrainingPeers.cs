using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Credence.Features.Matrices;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Credence.Benchmarks;

/// <summary>What a contestant gave: seconds to fit, and what a model of its weights is worth.</summary>
/// <param name="Name">Who.</param>
/// <param name="Seconds">Wall time of the fit alone.</param>
/// <param name="Sum">Σ loss + ‖W‖²/2C, by its own weights; NaN where it minimises something else.</param>
/// <param name="LogLoss">On the test rows, NaN where it gives no probabilities.</param>
/// <param name="Accuracy">On the test rows.</param>
internal sealed record TrainingResult(string Name, double Seconds, double Sum, double LogLoss, double Accuracy);

/// <summary>The other solvers, each through its own program or package, on the very same numbers.</summary>
internal static class TrainingPeers
{
    /// <summary>scikit-learn's LogisticRegression (lbfgs), by bench/peers/sklearn_fit.py; null where python3 has none.</summary>
    public static TrainingResult? Sklearn(TrainingSet set, string folder, int iterations, double tolerance)
    {
        string file = WriteArrays(set, folder);
        string script = Path.Combine(Repository.Folder()!, "bench", "peers", "sklearn_fit.py");
        string? said = Programs.Say("/usr/bin/python3", script, file, set.C.ToString("R", CultureInfo.InvariantCulture),
            iterations.ToString(CultureInfo.InvariantCulture), tolerance.ToString("R", CultureInfo.InvariantCulture));
        if (said is null)
            return null;

        using JsonDocument document = JsonDocument.Parse(said);
        JsonElement json = document.RootElement;
        return new TrainingResult($"scikit-learn {json.GetProperty("version")}, {json.GetProperty("iterations")} steps", Of("seconds"),
            Of("sum"), Of("log_loss"), Of("accuracy"));

        double Of(string name) => json.GetProperty(name).GetDouble();
    }

    /// <summary>LIBLINEAR's logistic regression in the dual (-s 7), one class against the rest; null where it is not installed.</summary>
    public static TrainingResult? Liblinear(TrainingSet set, string folder)
    {
        string train = WriteLines(set.Train, set.TrainLabels, Path.Combine(folder, "train.svm")),
            test = WriteLines(set.Test, set.TestLabels, Path.Combine(folder, "test.svm"));
        string model = Path.Combine(folder, "model"), output = Path.Combine(folder, "predicted");
        long start = Stopwatch.GetTimestamp();
        if (Programs.Say("liblinear-train", "-s", "7", "-c", set.C.ToString("R", CultureInfo.InvariantCulture), "-B", "1", "-q", train,
            model) is null)
            return null;

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        string said = Programs.Say("liblinear-predict", test, model, output)!;
        double accuracy = double.Parse(said.Split("Accuracy = ")[1].Split('%')[0], CultureInfo.InvariantCulture) / 100;
        return new TrainingResult("LIBLINEAR -s 7, reading included", seconds, double.NaN, double.NaN, accuracy);
    }

    /// <summary>ML.NET's L-BFGS, with the same penalty.</summary>
    public static TrainingResult MlNet(TrainingSet set)
    {
        var context = new MLContext(seed: 1);
        IDataView train = View(context, set.Train, set.TrainLabels), test = View(context, set.Test, set.TestLabels);
        var options = new LbfgsMaximumEntropyMulticlassTrainer.Options
        {
            L1Regularization = 0,
            L2Regularization = (float)(1 / set.C),
            OptimizationTolerance = 1e-7f,
            MaximumNumberOfIterations = 1000,
        };
        var keyed = context.Transforms.Conversion.MapValueToKey("Label", "Class",
            keyOrdinality: Microsoft.ML.Transforms.ValueToKeyMappingEstimator.KeyOrdinality.ByValue).Fit(train);
        IDataView rows = context.Data.Cache(keyed.Transform(train));
        _ = rows.GetColumn<uint>("Label").Count();
        long start = Stopwatch.GetTimestamp();
        MulticlassPredictionTransformer<MaximumEntropyModelParameters> model =
            context.MulticlassClassification.Trainers.LbfgsMaximumEntropy(options).Fit(rows);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;

        VBuffer<float>[] weights = [];
        model.Model.GetWeights(ref weights, out int classes);
        float[] bias = [.. model.Model.GetBiases()];
        var values = new float[set.Train.Columns * classes];
        for (int k = 0; k < classes; k++)
        {
            foreach ((int j, float value) in weights[k].Items())
                values[(j * classes) + k] = value;
        }

        return FittedModel.Measure("ML.NET L-BFGS", seconds, set, values, [.. bias.Select(b => (double)b)]);
    }

    private sealed class Row
    {
        public float[] Features { get; set; } = [];

        public float Class { get; set; }
    }

    private static IDataView View(MLContext context, IFeatureMatrix x, Credence.Data.Labels y)
    {
        var schema = SchemaDefinition.Create(typeof(Row));
        schema["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, x.Columns);
        return context.Data.LoadFromEnumerable(Rows(x, y), schema);
    }

    private static IEnumerable<Row> Rows(IFeatureMatrix x, Credence.Data.Labels y)
    {
        for (int i = 0; i < x.Rows; i++)
            yield return new Row { Features = ((DenseMatrix)x).Row(i).ToArray(), Class = y[i] };
    }

    /// <summary>The numbers as raw files beside a small description.</summary>
    private static string WriteArrays(TrainingSet set, string folder)
    {
        foreach ((string part, IFeatureMatrix x, Credence.Data.Labels y) in new[] { ("train", set.Train, set.TrainLabels),
            ("test", set.Test, set.TestLabels) })
        {
            if (x is SparseMatrix sparse)
            {
                Raw($"{part}.starts", MemoryMarshal.AsBytes(sparse.Starts));
                Raw($"{part}.indices", MemoryMarshal.AsBytes(sparse.Indices));
                Raw($"{part}.values", MemoryMarshal.AsBytes(sparse.Values));
            }
            else
            {
                Raw($"{part}.values", MemoryMarshal.AsBytes(((DenseMatrix)x).Values));
            }

            Raw($"{part}.labels", MemoryMarshal.AsBytes(y.Indices));
        }

        string description = Path.Combine(folder, "set.json");
        File.WriteAllText(description,
            JsonSerializer.Serialize(
            new Dictionary<string, object>
            {
                ["columns"] = set.Train.Columns,
                ["sparse"] = set.Train
            is SparseMatrix,
                ["classes"] = set.TrainLabels.Classes
            }));
        return description;

        void Raw(string name, ReadOnlySpan<byte> bytes)
        {
            using FileStream file = File.Create(Path.Combine(folder, name));
            file.Write(bytes);
        }
    }

    private static string WriteLines(IFeatureMatrix x, Credence.Data.Labels y, string file)
    {
        var sparse = (SparseMatrix)x;
        using var writer = new StreamWriter(file);
        for (int i = 0; i < x.Rows; i++)
        {
            writer.Write(y[i] + 1);
            for (int e = sparse.Starts[i]; e < sparse.Starts[i + 1]; e++)
                writer.Write(string.Create(CultureInfo.InvariantCulture, $" {sparse.Indices[e] + 1}:{sparse.Values[e]:R}"));
            writer.Write('\n');
        }

        return file;
    }
}
