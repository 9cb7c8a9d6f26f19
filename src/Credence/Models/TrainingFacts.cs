using System.Globalization;
using System.Text.Json.Nodes;
using Credence.Data;
using Credence.Evaluation;
using Credence.Persistence;

namespace Credence.Models;

/// <summary>The training data and the metrics of a model, kept in its file. They do not depend on time or machine.</summary>
public sealed record TrainingFacts
{
    /// <summary>The data in a few words.</summary>
    public string Data { get; init; } = "";

    /// <summary>SHA-256 of the data, or empty where it is unknown.</summary>
    public string DataFingerprint { get; init; } = "";

    /// <summary>The number of training rows.</summary>
    public int TrainRows { get; init; }

    /// <summary>The number of rows with out-of-fold scores that the calibrator was fitted on.</summary>
    public int CalibrationRows { get; init; }

    /// <summary>The number of test rows.</summary>
    public int TestRows { get; init; }

    /// <summary>The number of training rows of each class.</summary>
    public IReadOnlyList<int> ClassCounts { get; init; } = [];

    /// <summary>The seed.</summary>
    public ulong Seed { get; init; }

    /// <summary>The chosen strength of the penalty.</summary>
    public double Lambda { get; init; }

    /// <summary>ρ, the L1 fraction of the penalty.</summary>
    public double L1Ratio { get; init; }

    /// <summary>Metrics on the test rows, calibrated, by their JSON names; undefined ones are omitted.</summary>
    public IReadOnlyDictionary<string, double> TestMetrics { get; init; } = new Dictionary<string, double>();

    /// <summary>The same metrics before calibration.</summary>
    public IReadOnlyDictionary<string, double> UncalibratedMetrics { get; init; } = new Dictionary<string, double>();

    /// <summary>How the data were laid out; null where they came from no table, and in files of older versions.</summary>
    public DataLayout? Layout { get; init; }

    /// <summary>The facts with the figures of an evaluation.</summary>
    /// <param name="rows">The number of rows evaluated on.</param>
    /// <param name="calibrated">The metrics of the calibrated probabilities.</param>
    /// <param name="uncalibrated">The same metrics before calibration.</param>
    public TrainingFacts Evaluated(int rows, ModelEvaluation calibrated, ModelEvaluation uncalibrated) => this with
    {
        TestRows = rows,
        TestMetrics = calibrated.Values(),
        UncalibratedMetrics = uncalibrated.Values(),
    };

    /// <summary>The facts as JSON.</summary>
    public JsonObject Save()
    {
        var saved = new JsonObject
        {
            ["data"] = Data,
            ["data_fingerprint"] = DataFingerprint,
            ["train_rows"] = TrainRows,
            ["calibration_rows"] = CalibrationRows,
            ["test_rows"] = TestRows,
            ["class_counts"] = ClassCounts.ToJson(),
            ["seed"] = Seed.ToString(CultureInfo.InvariantCulture),
            ["l2"] = Lambda,
            ["l1_ratio"] = L1Ratio,
            ["test"] = Figures(TestMetrics),
            ["uncalibrated"] = Figures(UncalibratedMetrics),
        };
        if (Layout is not null)
            saved["layout"] = Layout.Save();

        return saved;
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Something is missing or of the wrong kind.</exception>
    public static TrainingFacts Load(JsonObject saved) => new()
    {
        Data = saved.Text("data"),
        DataFingerprint = saved.Text("data_fingerprint"),
        TrainRows = saved.Integer("train_rows"),
        CalibrationRows = saved.Integer("calibration_rows"),
        TestRows = saved.Integer("test_rows"),
        ClassCounts = saved.Integers("class_counts"),
        Seed = ulong.TryParse(saved.Text("seed"), CultureInfo.InvariantCulture, out ulong seed) ? seed
            : throw new InvalidDataException("The model's 'seed' must be a whole number of at least 0."),
        Lambda = saved.Number("l2"),
        L1Ratio = saved["l1_ratio"] is null ? 0 : saved.Number("l1_ratio"),
        TestMetrics = Figures(saved.Object("test")),
        UncalibratedMetrics = Figures(saved.Object("uncalibrated")),
        Layout = saved.ObjectOrNull("layout") is { } layout ? DataLayout.Load(layout) : null,
    };

    private static JsonObject Figures(IReadOnlyDictionary<string, double> figures)
    {
        var json = new JsonObject();
        foreach ((string name, double value) in figures)
        {
            if (double.IsFinite(value))
                json[name] = value;
        }

        return json;
    }

    private static Dictionary<string, double> Figures(JsonObject json) =>
        json.ToDictionary(figure => figure.Key, figure => json.Number(figure.Key));
}
