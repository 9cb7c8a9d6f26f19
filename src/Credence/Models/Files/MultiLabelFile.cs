using System.Text.Json.Nodes;
using Credence.Calibration.Selection;
using Credence.Features;
using Credence.LogitModels;
using Credence.Persistence;

namespace Credence.Models.Files;

/// <summary>Writes and reads the parts of a multi-label classifier's file.</summary>
internal static class MultiLabelFile
{
    public const string Kind = "multi-label classifier";

    /// <summary>Adds the parts that are specific to this kind.</summary>
    public static void Save(MultiLabelClassifier classifier, JsonObject description, NamedTensors tensors)
    {
        description["features"] = classifier.Pipeline.Save(tensors, "features.");
        description["model"] = classifier.Model.Save(tensors, "model.");
        description["calibrator"] = classifier.Calibrator.Save(tensors, "calibrator.");
        tensors.Add<double>("thresholds", [.. classifier.Thresholds]);
        if (classifier.StoredRows is not null)
            description["stored_rows"] = classifier.StoredRows.Save(tensors);
    }

    /// <summary>Reads it.</summary>
    /// <exception cref="InvalidDataException">Something is missing or out of range, or the parts contradict each other.</exception>
    public static MultiLabelClassifier Load(JsonObject description, NamedTensors tensors)
    {
        string[] classes = description.Texts("classes");
        FeaturePipeline pipeline = FeaturePipeline.Load(description.Object("features"), tensors, "features.");
        ILogitModel model = LogitModelRegistry.Load(description.Object("model"), tensors, "model.", LogitMeaning.Sigmoid);
        ClasswiseCalibration calibrator = ClasswiseCalibration.Load(description.Object("calibrator"), tensors, "calibrator.");
        double[] thresholds = tensors.Get<double>("thresholds", classes.Length);
        bool agree = classes.Length >= 1 && classes.Distinct(StringComparer.Ordinal).Count() == classes.Length
            && model.Classes == classes.Length && calibrator.Classes == classes.Length && pipeline.Columns == model.Features;
        if (!agree)
        {
            throw new InvalidDataException(
                $"The model's parts contradict each other: {classes.Length} class names, a model of {model.Features} features and "
                    + $"{model.Classes} classes, "
                + $"features that give {pipeline.Columns}, a calibrator of {calibrator.Classes} classes.");
        }

        return thresholds.All(threshold => threshold is >= 0 and <= 1)
            ? new MultiLabelClassifier(pipeline, model, calibrator, thresholds, classes, TrainingFacts.Load(description.Object("facts")))
            {
                StoredRows = description.ObjectOrNull("stored_rows") is { } stored ? StoredRows.Load(stored, tensors, pipeline) : null,
            }
            : throw new InvalidDataException("A threshold is outside 0 to 1.");
    }
}
