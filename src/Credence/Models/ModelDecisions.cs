using System.Text.Json.Nodes;
using Credence.Conformal;
using Credence.Decisions;
using Credence.OutOfDistribution;
using Credence.Persistence;
using Credence.Shift;

namespace Credence.Models;

/// <summary>The parts that turn probabilities into decisions, fitted on held-out rows and kept in the model file.</summary>
internal sealed record ModelDecisions
{
    /// <summary>Prediction sets, or null where there were too few rows for them.</summary>
    public ConformalClassifier? Sets { get; init; }

    /// <summary>The confidences on held-out rows.</summary>
    public ConfidenceQuantiles? Confidences { get; init; }

    /// <summary>The policy that decides when to answer and which action to take; null always answers.</summary>
    public Policy? Policy { get; init; }

    /// <summary>The class frequencies with which new rows are compared.</summary>
    public LabelShift? Shift { get; init; }

    /// <summary>Detects out-of-distribution rows by their logits or features; null where none was requested.</summary>
    public OutlierDetector? Outliers { get; init; }

    /// <summary>Writes the parts into a model's description.</summary>
    public void Save(JsonObject description, NamedTensors tensors)
    {
        if (Sets is not null)
            description["sets"] = Sets.Save(tensors, "sets.");

        if (Confidences is not null)
        {
            description["confidences"] = true;
            Confidences.Save(tensors, "abstention.");
        }

        if (Policy is not null)
            description["policy"] = Policy.Save();

        if (Shift is not null)
            description["shift"] = Shift.Save(tensors, "shift.");

        if (Outliers is not null)
            description["outliers"] = Outliers.Save(tensors, "outliers.");
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="description">The model's description.</param>
    /// <param name="tensors">Its tensors.</param>
    /// <param name="classes">Its classes.</param>
    /// <param name="features">The number of features; 0 where the input is scores.</param>
    /// <exception cref="InvalidDataException">Something is missing, out of range, or of other classes.</exception>
    public static ModelDecisions Load(JsonObject description, NamedTensors tensors, IReadOnlyList<string> classes, int features = 0)
    {
        var decisions = new ModelDecisions
        {
            Sets = description.ObjectOrNull("sets") is { } sets ? ConformalClassifier.Load(sets, tensors, "sets.") : null,
            Confidences = description["confidences"] is null ? null : ConfidenceQuantiles.Load(tensors, "abstention."),
            Policy = description.ObjectOrNull("policy") is { } policy ? Policy.Load(policy) : null,
            Shift = description.ObjectOrNull("shift") is { } shift ? LabelShift.Load(shift, tensors, "shift.") : null,
            Outliers = description.ObjectOrNull("outliers") is { } outliers ? OutlierDetector.Load(outliers, tensors, "outliers.") : null,
        };
        Agree("prediction sets", decisions.Sets?.Classes);
        Agree("shares", decisions.Shift?.ClassNames.Count);
        if (decisions.Outliers?.Scorer is { } scorer)
        {
            int columns = (scorer.Input == OutlierInput.Logits ? 0 : features)
                + (scorer.Input == OutlierInput.Features ? 0 : classes.Count);
            if (scorer.Columns != columns || (scorer.Input != OutlierInput.Logits && features == 0))
                throw new InvalidDataException($"The model's parts contradict each other: the outlier detector needs {scorer.Columns} "
                    + $"numbers per row, the model has {columns}.");
        }

        return decisions.Policy?.Costs is { } costs && !costs.ClassNames.SequenceEqual(classes)
            ? throw new InvalidDataException("The model's parts contradict each other: its costs are of other classes.")
            : decisions;

        void Agree(string part, int? count)
        {
            if (count is not null && count != classes.Count)
                throw new InvalidDataException(
                    $"The model's parts contradict each other: {classes.Count} class names, {part} of {count} classes.");
        }
    }
}
