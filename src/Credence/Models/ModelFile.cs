using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credence.Calibration;
using Credence.Data;
using Credence.Decisions;
using Credence.Features;
using Credence.Training;

namespace Credence.Models;

/// <summary>Writes a classifier to a file and reads it back. The file is a valid safetensors file, can run no code, holds neither
/// time nor path nor host, and is the same to the byte for the same data, options and seed.</summary>
public static class ModelFile
{
    /// <summary>The version of the description that this library writes, and the newest it reads.</summary>
    public const int FormatVersion = 1;

    /// <summary>The largest model that is read or written, in bytes.</summary>
    public const long MaxBytes = int.MaxValue - 64;

    // The description is a string inside JSON; escaping it twice as little as JSON allows keeps it readable with any text tool.
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a classifier, whole or not at all.</summary>
    /// <param name="classifier">The classifier.</param>
    /// <param name="path">The file; it is overwritten.</param>
    /// <exception cref="IOException">The file can't be written; the old one is as it was.</exception>
    public static void Save(Classifier classifier, string path) => WholeFile.Write(path, stream => stream.Write(ToBytes(classifier)));

    /// <summary>The bytes of a classifier's file.</summary>
    public static byte[] ToBytes(Classifier classifier)
    {
        var tensors = new NamedTensors();
        var description = new JsonObject
        {
            ["format"] = FormatVersion,
            ["kind"] = "classifier",
            ["classes"] = classifier.Classes.ToJson(),
            ["facts"] = classifier.Facts.Save(),
            ["features"] = classifier.Pipeline.Save(tensors, "features."),
            ["model"] = classifier.Model.Save(tensors, "model."),
            ["calibrator"] = classifier.Calibrator.Save(tensors, "calibrator."),
        };
        if (classifier.Sets is { } sets)
            description["sets"] = sets.Save(tensors, "sets.");

        if (classifier.Confidences is { } confidences)
        {
            description["confidences"] = true;
            confidences.Save(tensors, "abstention.");
        }

        return Safetensors.Write(description.ToJsonString(Compact), tensors);
    }

    /// <summary>Reads a classifier.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">It is no model, is damaged, or was written by a newer version; the message says which.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static Classifier Load(string path)
    {
        long length = new FileInfo(path).Length;
        if (length > MaxBytes)
            throw new InvalidDataException($"'{path}' has {length} bytes; a model has at most {MaxBytes}.");

        try
        {
            return FromBytes(File.ReadAllBytes(path));
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"'{path}' can't be used as a model. {error.Message}", error);
        }
    }

    /// <summary>Reads a classifier from its file's bytes.</summary>
    /// <exception cref="InvalidDataException">They are no model, are damaged, or were written by a newer version.</exception>
    public static Classifier FromBytes(byte[] file)
    {
        (string text, NamedTensors tensors) = Safetensors.Read(file);
        JsonObject description = Parse(text);
        int format = description.Integer("format", 1);
        if (format > FormatVersion)
            throw new InvalidDataException($"It has format version {format}; this version of Credence reads up to {FormatVersion}. Use a newer Credence.");

        if (description.Text("kind") is not "classifier" and string kind)
            throw new InvalidDataException($"It holds a '{kind}', and a classifier is needed here.");

        try
        {
            return Read(description, tensors);
        }
        catch (Exception error) when (error is ArgumentException or OverflowException)
        {
            // Every part checks what it is made of; what it refuses from a caller is, from a file, a bad file.
            throw new InvalidDataException($"The model's parts contradict each other: {error.Message}", error);
        }
    }

    private static Classifier Read(JsonObject description, NamedTensors tensors)
    {
        string[] classes = description.Texts("classes");
        FeaturePipeline pipeline = FeaturePipeline.Load(description.Object("features"), tensors, "features.");
        SoftmaxModel model = SoftmaxModel.Load(description.Object("model"), tensors, "model.");
        ICalibrator calibrator = Calibrators.Load(description.Object("calibrator"), tensors, "calibrator.");
        ConformalClassifier? sets = description.ObjectOrNull("sets") is { } saved ? ConformalClassifier.Load(saved, tensors, "sets.") : null;
        bool agree = classes.Length >= 2 && classes.Distinct(StringComparer.Ordinal).Count() == classes.Length
            && model.Classes == classes.Length && calibrator.Classes == classes.Length && (sets is null || sets.Classes == classes.Length);
        if (!agree || pipeline.Columns != model.Features)
        {
            throw new InvalidDataException(
                $"The model's parts contradict each other: {classes.Length} class names, a model of {model.Features} features and {model.Classes} classes, "
                + $"features that give {pipeline.Columns}, a calibrator of {calibrator.Classes} classes.");
        }

        return new Classifier(pipeline, model, calibrator, classes, TrainingFacts.Load(description.Object("facts")))
        {
            Sets = sets,
            Confidences = description["confidences"] is null ? null : ConfidenceQuantiles.Load(tensors, "abstention."),
        };
    }

    private static JsonObject Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { MaxDepth = 64, AllowDuplicateProperties = false }) as JsonObject
                ?? throw new InvalidDataException("The model's description is not a JSON object.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"The model's description is not valid JSON: {error.Message}", error);
        }
    }
}
