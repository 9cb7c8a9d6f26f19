using System.Globalization;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Diagnostics;
using Credence.Files.Scores;
using Credence.Models;

namespace Credence.Workflows.Scores;

/// <summary>Converts scores to the form, and their columns to the order, of a calibrator or of other scores.</summary>
public static class ScoreMatching
{
    /// <summary>The scores in the form that a calibrator takes: of its kind and with its classes, columns in its order where both name
    /// their
    /// classes.</summary>
    /// <param name="scores">The scores.</param>
    /// <param name="calibrator">The calibrator.</param>
    /// <param name="progress">Receives notes.</param>
    /// <exception cref="WorkflowOptionException">They are of the other kind.</exception>
    /// <exception cref="InvalidDataException">Their classes differ, or a row can't be of that kind.</exception>
    public static SavedScores ForCalibrator(SavedScores scores, ScoreCalibrator calibrator, IProgress<WorkflowProgress>? progress = null)
    {
        if (scores.RequiredKind() != calibrator.Kind)
        {
            throw new WorkflowOptionException(
                $"'{scores.Name}' holds {Lower(scores.RequiredKind())}, but the calibrator was fitted on {Lower(calibrator.Kind)}.",
                nameof(ScoreInput.Kind));
        }

        if (scores.Classes.Count > calibrator.Classes.Count && scores.AreClassesNamed
            && calibrator.Classes.All(scores.Classes.Contains))
        {
            scores = OnlyClasses(scores, calibrator.Classes, progress);
        }

        if (scores.Classes.Count != calibrator.Classes.Count)
        {
            string own = scores.AreClassesNamed ? $" ({Named(scores.Classes)})" : "";
            throw new InvalidDataException(
                $"'{scores.Name}' has {Count(scores.Classes)}{own}, "
                + $"the calibrator {Count(calibrator.Classes)} ({Named(calibrator.Classes)}).");
        }

        if (calibrator.Kind == ScoreKind.Logits)
            ScoreInput.Check(scores, progress);
        else
            scores = Normalized(scores, progress, ", but the calibrator was fitted on probabilities");

        return InOrder(scores, calibrator.Classes);
    }

    private static SavedScores OnlyClasses(SavedScores scores, IReadOnlyList<string> classes, IProgress<WorkflowProgress>? progress)
    {
        int all = scores.Classes.Count;
        int[] from = [.. classes.Select(name => scores.Classes.ToList().IndexOf(name))];
        var values = new double[scores.Rows * classes.Count];
        for (int row = 0; row < scores.Rows; row++)
        {
            for (int k = 0; k < from.Length; k++)
                values[(row * from.Length) + k] = scores.Values[(row * all) + from[k]];
        }

        new StageReporter(progress).Note(
            $"{scores.Name}: {Named([.. scores.Classes.Except(classes)])} is no class of the calibrator and is left out");
        return scores with
        {
            Values = values,
            Classes = classes,
            Labels = scores.Labels is null ? null : LabelMatching.ToClasses(scores.Labels, classes),
        };
    }

    /// <summary>The scores with their columns in the order of the given classes, whose names they take where they have
    /// no names.</summary>
    /// <exception cref="InvalidDataException">Their classes differ.</exception>
    public static SavedScores InOrder(SavedScores scores, IReadOnlyList<string> classes)
    {
        if (scores.Classes.Count != classes.Count)
            throw new InvalidDataException($"'{scores.Name}' has {Count(scores.Classes)}; {classes.Count} are needed.");

        // Classes without names are matched by position.
        if (!scores.AreClassesNamed || scores.Classes.SequenceEqual(classes))
            return scores with
            {
                Classes = classes,
                Labels = scores.Labels is null ? null
                : new Labels(scores.Labels.Indices.ToArray(), classes)
            };

        return scores with
        {
            Values = Columns(scores.Values, scores.Classes, classes, scores.Name),
            Classes = classes,
            Labels = scores.Labels is null ? null : LabelMatching.ToClasses(scores.Labels, classes),
            Notes = [.. scores.Notes, $"the columns of '{scores.Name}' are in another order than the classes, and are matched by name"],
        };
    }

    /// <summary>The columns of a matrix, reordered from one order of classes to another.</summary>
    /// <param name="values">[rows, classes], row-major.</param>
    /// <param name="have">The classes of the columns.</param>
    /// <param name="want">The order to produce.</param>
    /// <param name="name">The name of the matrix in messages.</param>
    /// <exception cref="InvalidDataException">A class is absent.</exception>
    public static double[] Columns(ReadOnlySpan<double> values, IReadOnlyList<string> have, IReadOnlyList<string> want, string name)
    {
        if (have.Count != want.Count)
            throw new InvalidDataException($"'{name}' has {Count(have)}; {want.Count} are needed.");

        int classes = want.Count;
        var from = new int[classes];
        Dictionary<string, int> positions = have.Select((name, k) => (name, k)).DistinctBy(pair => pair.name, StringComparer.Ordinal)
            .ToDictionary(pair => pair.name, pair => pair.k, StringComparer.Ordinal);
        for (int k = 0; k < classes; k++)
        {
            from[k] = positions.GetValueOrDefault(want[k], -1);
            if (from[k] < 0)
                throw new InvalidDataException($"'{name}' has no class '{want[k]}'; it has {Named(have)}.");
        }

        var ordered = new double[values.Length];
        for (int i = 0; i < ordered.Length; i++)
            ordered[i] = values[(i / classes * classes) + from[i % classes]];
        return ordered;
    }

    /// <summary>Probabilities in any form that the doctor accepts, since its calibrators are applied to the same form.</summary>
    internal static SavedScores Normalized(SavedScores scores, IProgress<WorkflowProgress>? progress, string why = "")
    {
        int classes = scores.Classes.Count;
        ScoreFormatReport nature = ScoreFormatReport.Inspect(scores.Values, classes, scores.PlaceOf);
        if (nature.IsConstant)
            nature = ScoreFormatReport.Inspect(scores.Values.AsSpan(0, classes), classes, scores.PlaceOf);

        if (nature.Kind == ScoreKind.Logits)
        {
            throw new WorkflowOptionException(
                $"'{scores.Name}' does not hold probabilities{why}. {nature.Text}");
        }

        if (nature.Advice is not null && nature.Form != ScoreFormat.Decisions)
            new StageReporter(progress).Note($"{scores.Name}: {nature.Text} {nature.Advice}");

        return scores with { Resolution = nature.Resolution, Values = nature.Normalized(scores.Values, classes, scores.PlaceOf) };
    }

    private static string Count(IReadOnlyList<string> classes) =>
        $"{classes.Count.ToString("#,0", CultureInfo.InvariantCulture)} {(classes.Count == 1 ? "class" : "classes")}";

    private static string Named(IReadOnlyList<string> classes) =>
        string.Join(", ", classes.Take(12).Select(name => $"'{name.ReplaceLineEndings(" ")}'")) + (classes.Count > 12 ? ", …" : "");

    private static string Lower(ScoreKind kind) => kind.ToString().ToLowerInvariant();
}
