using System.Text.Json.Nodes;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Persistence;

namespace Credence.Calibration.Selection;

/// <summary>A calibrator fitted on rows of some of the classes only: a class without a row keeps the probability that the scores give it,
/// and what is left is shared out among the others by their calibrator.</summary>
internal sealed class SeenClassesCalibrator : ICalibrator
{
    internal const string Name = "seen-classes";
    private readonly SeenClasses seen;

    public SeenClassesCalibrator(SeenClasses seen, ICalibrator calibrator)
    {
        this.seen = seen;
        Calibrator = calibrator;
    }

    /// <summary>The calibrator of the classes with rows.</summary>
    public ICalibrator Calibrator { get; }

    /// <inheritdoc/>
    public string Method => Calibrator.Method;

    /// <inheritdoc/>
    public int Classes => seen.Classes;

    /// <inheritdoc/>
    public IReadOnlyList<CalibratorParameter> Parameters =>
        [.. Calibrator.Parameters, new("classes without a row, as the scores give them", seen.Classes - seen.Count)];

    /// <summary>A calibrator of a method, of the classes that have rows where some have none; of rows of one class alone nothing can be
    /// learned, and they stay uncalibrated.</summary>
    public static ICalibrator Fit(
        CalibrationMethod method, Logits logits, Labels labels, int maxThreads, CancellationToken cancellationToken) =>
        SeenClasses.Of(labels) is not { } seen ? method.Fit(logits, labels, default, maxThreads, cancellationToken)
            : seen.Count < 2 ? new IdentityCalibrator(logits.Classes)
            : new SeenClassesCalibrator(
                seen, method.Fit(seen.Logits(logits), seen.Labels(labels), default, maxThreads, cancellationToken));

    /// <inheritdoc/>
    public Probabilities Apply(Logits logits, int maxThreads = 0)
    {
        CalibrationRows.Check(logits, Classes, maxThreads);
        return seen.Together(logits, Calibrator.Apply(seen.Logits(logits), maxThreads));
    }

    /// <inheritdoc/>
    public JsonObject Save(NamedTensors tensors, string prefix) => new()
    {
        ["kind"] = Name,
        ["classes"] = Classes,
        ["seen"] = new JsonArray([.. seen.Indices.ToArray().Select(k => (JsonNode)k)]),
        ["first"] = Calibrator.Save(tensors, prefix + "first."),
    };

    internal static SeenClassesCalibrator Load(JsonObject saved, NamedTensors tensors, string prefix)
    {
        JsonObject first = saved.Object("first");
        if (first.Text("kind") == Name)
            throw new InvalidDataException("The model's calibrator has two lists of classes with rows; it can have one.");

        int classes = saved.Integer("classes", 2);
        int[] seen = saved.Integers("seen", 0, classes - 1);
        ICalibrator loaded = Calibrators.Load(first, tensors, prefix + "first.");
        for (int i = 1; i < seen.Length; i++)
        {
            if (seen[i] <= seen[i - 1])
                throw new InvalidDataException("The calibrator's 'seen' does not ascend.");
        }

        return seen.Length >= 1 && seen.Length < classes && loaded.Classes == seen.Length
            ? new SeenClassesCalibrator(new SeenClasses(seen, classes), loaded)
            : throw new InvalidDataException(
                $"The calibrator is of {loaded.Classes} classes, and {seen.Length} of {classes} classes have rows.");
    }
}
