using Credence.Data;
using Credence.Data.Scores;
using Credence.Features.Matrices;
using Credence.LogitModels;

namespace Credence.Models;

/// <summary>The contributions of the features to a row's score: the log-odds of the most probable class against the next, as a sum of one
/// term per
/// feature. The terms and the bias add up to the log-odds, up to rounding.</summary>
public sealed record Explanation
{
    /// <summary>The most probable class.</summary>
    public required string Label { get; init; }

    /// <summary>The second most probable class, with which it is compared.</summary>
    public required string Against { get; init; }

    /// <summary>The logit of <see cref="Label"/> less that of <see cref="Against"/>, before calibration.</summary>
    public required double LogOdds { get; init; }

    /// <summary>The part of the log-odds that no feature contributes.</summary>
    public required double Bias { get; init; }

    /// <summary>Each non-zero feature of the row with its contribution to the log-odds, the largest first.</summary>
    public required IReadOnlyList<(string Feature, double Value, double LogOdds)> Terms { get; init; }

    /// <summary>The contribution of each column, the sum of its features', the largest first.</summary>
    public required IReadOnlyList<(string Column, double LogOdds)> Columns { get; init; }

    /// <summary>The calibrated probabilities of all classes, in descending order.</summary>
    public required IReadOnlyList<LabelProbability> Probabilities { get; init; }

    /// <summary>Explains one row.</summary>
    /// <param name="classifier">The classifier.</param>
    /// <param name="row">A table of one row.</param>
    /// <param name="notes">Takes a sentence for each thing that differs from the training data.</param>
    /// <exception cref="ArgumentException">There is not exactly one row.</exception>
    /// <exception cref="InvalidDataException">The classifier's model can't compute the contributions of its features.</exception>
    public static Explanation Compute(Classifier classifier, Table row, ICollection<string>? notes = null)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        ArgumentNullException.ThrowIfNull(row);
        if (row.Rows != 1)
            throw new ArgumentException($"One row is explained at a time; '{nameof(row)}' has {row.Rows}.", nameof(row));

        TableScores scored = classifier.Scored(row, notes, 0, allowAbsentColumns: true, CancellationToken.None);
        (IFeatureMatrix features, Logits logits, Probabilities probabilities) = (scored.Features, scored.Logits, scored.Calibrated);
        int[] order = [.. Enumerable.Range(0, classifier.Classes.Count).OrderByDescending(k => probabilities.Row(0)[k])];
        (int a, int b) = (order[0], order[1]);
        LogitContributions contributions = classifier.Model.Contributions(features, a, b)
            ?? throw new InvalidDataException($"A model of kind '{classifier.Model.Kind}' can't compute the contribution of each feature.");
        return new Explanation
        {
            Label = classifier.Classes[a],
            Against = classifier.Classes[b],
            LogOdds = logits.Row(0)[a] - logits.Row(0)[b],
            Bias = contributions.Base,
            Terms = [.. contributions.Terms.OrderByDescending(term => Math.Abs(term.LogOdds))
                .Select(term => (classifier.Pipeline.Names[term.Feature], term.Value, term.LogOdds))],
            Columns = [.. contributions.Terms
                .GroupBy(term => classifier.Pipeline.InputOf(term.Feature).Name, term => term.LogOdds, StringComparer.Ordinal)
                .Select(column => (column.Key, column.Sum()))
                .OrderByDescending(column => Math.Abs(column.Item2))],
            Probabilities = [.. order.Select(k => new LabelProbability(classifier.Classes[k], probabilities.Row(0)[k]))],
        };
    }
}
