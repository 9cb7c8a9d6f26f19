using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credence.Calibration;
using Credence.Calibration.Selection;
using Credence.Data.Scores;
using Credence.Features;
using Credence.LogitModels;
using Credence.Persistence;

namespace Credence.Models.Files;

/// <summary>Writes a classifier, or a calibrator of scores, to a file and reads it back. The file is a valid safetensors file, contains no
/// code, no
/// time, path or host name, and has the same bytes for the same data, options and seed.</summary>
public static class ModelFile
{
    /// <summary>The version of the description that this library writes, and the newest it reads.</summary>
    public const int FormatVersion = 1;

    /// <summary>The maximum size of a model file, in bytes.</summary>
    public const long MaxBytes = int.MaxValue - 64;

    private const int MaxDepth = 64;
    private const string ClassifierKind = "classifier", CalibratorKind = "calibrator";

    // The description is JSON inside a JSON string; the least escaping that JSON allows keeps it readable in a text editor.
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a model atomically.</summary>
    /// <param name="model">The model.</param>
    /// <param name="path">The file; it is overwritten.</param>
    /// <exception cref="IOException">The file can't be written; an existing file is unchanged.</exception>
    public static void Save(ISavedModel model, string path)
    {
        using PendingFile file = Prepare(model, path);
        file.Publish();
    }

    /// <summary>Writes a model that gets its name later, so that files about it can carry its SHA-256 and appear before it.</summary>
    /// <param name="model">The model.</param>
    /// <param name="path">The file that it will overwrite.</param>
    /// <exception cref="IOException">The file can't be written.</exception>
    public static PendingFile Prepare(ISavedModel model, string path) =>
        WholeFile.Prepare(path, stream => stream.Write(ToBytes(model)));

    /// <summary>The bytes of a model's file.</summary>
    public static byte[] ToBytes(ISavedModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var tensors = new NamedTensors();
        var description = new JsonObject
        {
            ["format"] = FormatVersion,
            ["kind"] = KindOf(model),
            ["classes"] = model.Classes.ToJson(),
            ["facts"] = model.Facts.Save(),
        };
        switch (model)
        {
            case Classifier classifier:
                SaveClassifier(classifier, description, tensors);
                break;
            case MultiLabelClassifier classifier:
                MultiLabelFile.Save(classifier, description, tensors);
                break;
            case ScoreCalibrator calibrator:
                SaveCalibrator(calibrator, description, tensors);
                break;
        }

        return Safetensors.Write(description.ToJsonString(Compact), tensors);
    }

    /// <summary>Whether a file begins like a model file: a length, then a JSON object. The rest is not inspected.</summary>
    /// <param name="path">The file; a missing file is no model.</param>
    public static bool IsModel(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!File.Exists(path))
            return false;

        using FileStream file = File.OpenRead(path);
        Span<byte> head = stackalloc byte[9];
        return file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && head[5] == 0 && head[6] == 0 && head[7] == 0
            && head[8] == '{';
    }

    /// <summary>Reads a classifier.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">It is no model, is damaged, or was written by a newer version; the message says
    /// which.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static Classifier Load(string path)
    {
        ISavedModel model = Open(path);
        return model as Classifier
            ?? throw new InvalidDataException($"'{path}' holds {model.Description}; a classifier of rows with one label is needed here.");
    }

    /// <summary>Reads a single-label or multi-label classifier, or a calibrator of scores.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">It is neither, is damaged, or was written by a newer version; the message says
    /// which.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static ISavedModel Open(string path)
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

    /// <summary>Reads a classifier or a calibrator from its file's bytes.</summary>
    /// <exception cref="InvalidDataException">They are neither, are damaged, or were written by a newer version.</exception>
    public static ISavedModel FromBytes(byte[] file)
    {
        ArgumentNullException.ThrowIfNull(file);
        (string text, NamedTensors tensors) = Safetensors.Read(file);
        JsonObject description = Parse(text);
        int format = description.Integer("format", 1);
        if (format > FormatVersion)
            throw new InvalidDataException(
                $"It has format version {format}; this version of Credence reads up to {FormatVersion}. Use a newer Credence.");

        try
        {
            return description.Text("kind") switch
            {
                ClassifierKind => ReadClassifier(description, tensors),
                MultiLabelFile.Kind => MultiLabelFile.Load(description, tensors),
                CalibratorKind => ReadCalibrator(description, tensors),
                string kind => throw new InvalidDataException($"It holds a '{kind}', which is unknown to this version."),
            };
        }
        catch (Exception error) when (error is ArgumentException or OverflowException or InvalidOperationException)
        {
            // Every part validates its arguments; here an invalid argument means an invalid file.
            throw new InvalidDataException($"The model's parts contradict each other: {error.Message}", error);
        }
    }

    private static string KindOf(ISavedModel model) => model switch
    {
        Classifier => ClassifierKind,
        MultiLabelClassifier => MultiLabelFile.Kind,
        _ => CalibratorKind,
    };

    private static void SaveClassifier(Classifier classifier, JsonObject description, NamedTensors tensors)
    {
        description["features"] = classifier.Pipeline.Save(tensors, "features.");
        description["model"] = classifier.Model.Save(tensors, "model.");
        description["calibrator"] = classifier.Calibrator.Save(tensors, "calibrator.");
        classifier.Decisions.Save(description, tensors);
        if (classifier.StoredRows is not null)
            description["stored_rows"] = classifier.StoredRows.Save(tensors);
    }

    private static void SaveCalibrator(ScoreCalibrator calibrator, JsonObject description, NamedTensors tensors)
    {
        description["input"] = calibrator.Kind.ToString().ToLowerInvariant();
        description["floor"] = calibrator.Floor;
        if (calibrator.Undoing is not null)
            description["undo"] = calibrator.Undoing.Save();

        description["calibrator"] = calibrator.Calibrator.Save(tensors, "calibrator.");
        if (calibrator.ByGroup is not null)
            description["groups"] = calibrator.ByGroup.Save(tensors, "groups.");

        if (calibrator.GroupColumn is not null)
            description["group_column"] = calibrator.GroupColumn;

        calibrator.Decisions.Save(description, tensors);
    }

    private static Classifier ReadClassifier(JsonObject description, NamedTensors tensors)
    {
        string[] classes = description.Texts("classes");
        FeaturePipeline pipeline = FeaturePipeline.Load(description.Object("features"), tensors, "features.");
        ILogitModel model = LogitModelRegistry.Load(description.Object("model"), tensors, "model.", LogitMeaning.Softmax);
        ICalibrator calibrator = Calibrators.Load(description.Object("calibrator"), tensors, "calibrator.");
        bool agree = classes.Length >= 2 && classes.Distinct(StringComparer.Ordinal).Count() == classes.Length
            && model.Classes == classes.Length && calibrator.Classes == classes.Length;
        if (!agree || pipeline.Columns != model.Features)
        {
            throw new InvalidDataException(
                $"The model's parts contradict each other: {classes.Length} class names, a model of {model.Features} features and "
                    + $"{model.Classes} classes, "
                + $"features that give {pipeline.Columns}, a calibrator of {calibrator.Classes} classes.");
        }

        return new Classifier(pipeline, model, calibrator, classes, TrainingFacts.Load(description.Object("facts")))
        {
            Decisions = ModelDecisions.Load(description, tensors, classes, pipeline.Columns),
            StoredRows = description.ObjectOrNull("stored_rows") is { } stored ? StoredRows.Load(stored, tensors, pipeline) : null,
        };
    }

    private static ScoreCalibrator ReadCalibrator(JsonObject description, NamedTensors tensors)
    {
        string[] classes = description.Texts("classes");
        ICalibrator calibrator = Calibrators.Load(description.Object("calibrator"), tensors, "calibrator.");
        double floor = description.Number("floor");
        ScoreKind kind = description.Text("input") switch
        {
            "logits" => ScoreKind.Logits,
            "probabilities" => ScoreKind.Probabilities,
            string other => throw new InvalidDataException($"Its 'input' is '{other}'; it must be logits or probabilities."),
        };
        GroupCalibrator? byGroup = description.ObjectOrNull("groups") is { } groups ? GroupCalibrator.Load(groups, tensors, "groups.")
            : null;
        string? groupColumn = description.TextOrNull("group_column");
        bool agree = classes.Length >= 2 && classes.Distinct(StringComparer.Ordinal).Count() == classes.Length
            && calibrator.Classes == classes.Length && floor is >= 0 and < 1
            && (byGroup is null || (byGroup.Pooled.Classes == classes.Length && groupColumn is not null));
        return agree
            ? new ScoreCalibrator(kind, floor, calibrator, classes, TrainingFacts.Load(description.Object("facts")))
            {
                Decisions = ModelDecisions.Load(description, tensors, classes),
                Undoing = description.ObjectOrNull("undo") is { } undo ? ScoreUndoing.Load(undo) : null,
                ByGroup = byGroup,
                GroupColumn = groupColumn,
            }
            : throw new InvalidDataException(
                $"The calibrator's parts contradict each other: {classes.Length} class names, a calibrator of {calibrator.Classes} "
                    + $"classes, a floor of {floor}.");
    }

    private static JsonObject Parse(string text)
    {
        try
        {
            JsonLimits.CheckDescription(text, MaxDepth);
            return JsonNode.Parse(text,
                documentOptions: new JsonDocumentOptions { MaxDepth = MaxDepth, AllowDuplicateProperties = false }) as JsonObject
                ?? throw new InvalidDataException("The model's description is not a JSON object.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"The model's description is not valid JSON: {error.Message}", error);
        }
    }
}
