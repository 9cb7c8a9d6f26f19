using Credence.Data;
using Credence.Data.Scores;
using Credence.Diagnostics;
using Credence.Files.Inputs;
using Credence.Files.Scores;
using Credence.Models;
using Credence.Report;

namespace Credence.Cli.Commands.Scores;

/// <summary>Reads scores for a calibrator that was fitted before: of the same kind, the same classes, in the same order.</summary>
internal static class CalibratedScores
{
    /// <summary>The scores, their columns brought into the calibrator's order where both name their classes.</summary>
    /// <exception cref="UsageException">They are of the other kind.</exception>
    /// <exception cref="InvalidDataException">Their classes are others.</exception>
    public static SavedScores Read(Invocation invocation, ScoreCalibrator calibrator, string path)
    {
        SavedScores scores = ScoreOptions.Read(invocation, path, calibrator.Kind, group: calibrator.GroupColumn);
        if (scores.Kind != calibrator.Kind)
        {
            throw new UsageException(
                $"'{path}' holds {Lower(scores.Kind!.Value)}, and the calibrator was fitted on {Lower(calibrator.Kind)}. Give scores of that kind, or --input {Lower(calibrator.Kind)} where they are.");
        }

        if (scores.Classes.Count != calibrator.Classes.Count)
        {
            throw new InvalidDataException(
                $"'{path}' has {Count(scores.Classes)}{(scores.AreClassesNamed ? $" ({Named(scores.Classes)})" : "")}, the calibrator {Count(calibrator.Classes)} ({Named(calibrator.Classes)}).");
        }

        if (calibrator.Kind == ScoreKind.Logits)
            ScoreOptions.Check(invocation, scores);
        else
            scores = AsProbabilities(invocation, scores);

        return InOrder(scores, calibrator.Classes, path);
    }

    /// <summary>Probabilities in whatever form the doctor takes them: its calibrators are given the same form again.</summary>
    private static SavedScores AsProbabilities(Invocation invocation, SavedScores scores)
    {
        int classes = scores.Classes.Count;
        ScoreFormatReport nature = ScoreFormatReport.Inspect(scores.Values, classes, scores.PlaceOf);
        if (nature.IsConstant)
            nature = ScoreFormatReport.Inspect(scores.Values.AsSpan(0, classes), classes, scores.PlaceOf);

        if (nature.Kind == ScoreKind.Logits)
            throw new UsageException($"'{scores.Name}' holds no probabilities, and the calibrator was fitted on some. {nature.Text}");

        if (nature.Advice is not null && nature.Form != ScoreFormat.Decisions)
            invocation.Progress.Note($"  {scores.Name}: {nature.Text} {nature.Advice}");

        return scores with { Values = nature.Normalized(scores.Values, classes, scores.PlaceOf) };
    }

    /// <summary>The scores with their columns in the order of the given classes, which they take the names of where they have none.</summary>
    /// <exception cref="InvalidDataException">Their classes are others.</exception>
    public static SavedScores InOrder(SavedScores scores, IReadOnlyList<string> classes, string path)
    {
        if (scores.Classes.Count != classes.Count)
            throw new InvalidDataException($"'{path}' has {Count(scores.Classes)}, and there must be {classes.Count}.");

        // Classes without names are the given ones, by place.
        if (!scores.AreClassesNamed || scores.Classes.SequenceEqual(classes))
            return scores with { Classes = classes, Labels = scores.Labels is null ? null : new Labels(scores.Labels.Indices.ToArray(), classes) };

        return scores with
        {
            Values = Columns(scores.Values, scores.Classes, classes, path),
            Classes = classes,
            Labels = scores.Labels is null ? null : LabelMatching.ToClasses(scores.Labels, classes),
            Notes = [.. scores.Notes, $"the columns of '{path}' stand in another order than the classes, and are matched by name"],
        };
    }

    /// <summary>The columns of a matrix brought from one order of classes into another.</summary>
    /// <exception cref="InvalidDataException">A class is absent.</exception>
    public static double[] Columns(ReadOnlySpan<double> values, IReadOnlyList<string> have, IReadOnlyList<string> want, string path)
    {
        if (have.Count != want.Count)
            throw new InvalidDataException($"'{path}' has {Count(have)}, and there must be {want.Count}.");

        int classes = want.Count;
        var from = new int[classes];
        for (int k = 0; k < classes; k++)
        {
            from[k] = have.ToList().IndexOf(want[k]);
            if (from[k] < 0)
                throw new InvalidDataException($"'{path}' has no class '{want[k]}'; it has {Named(have)}.");
        }

        var ordered = new double[values.Length];
        for (int i = 0; i < ordered.Length; i++)
            ordered[i] = values[(i / classes * classes) + from[i % classes]];
        return ordered;
    }

    private static string Count(IReadOnlyList<string> classes) => NumberText.Count(classes.Count, "class", "classes");

    private static string Named(IReadOnlyList<string> classes) =>
        string.Join(", ", classes.Take(12).Select(name => $"'{name.ReplaceLineEndings(" ")}'")) + (classes.Count > 12 ? ", …" : "");

    private static string Lower(ScoreKind kind) => kind.ToString().ToLowerInvariant();
}
