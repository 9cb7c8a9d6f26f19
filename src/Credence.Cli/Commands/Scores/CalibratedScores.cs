using Credence.Data;
using Credence.Files;
using Credence.Models;

namespace Credence.Cli.Commands.Scores;

/// <summary>Reads scores for a calibrator that was fitted before: of the same kind, the same classes, in the same order.</summary>
internal static class CalibratedScores
{
    /// <summary>The scores, their columns brought into the calibrator's order where both name their classes.</summary>
    /// <exception cref="UsageException">They are of the other kind.</exception>
    /// <exception cref="InvalidDataException">Their classes are others.</exception>
    public static SavedScores Read(Invocation invocation, ScoreCalibrator calibrator, string path)
    {
        SavedScores scores = ScoreOptions.Read(invocation, path, calibrator.Kind);
        if (scores.Kind != calibrator.Kind)
        {
            throw new UsageException(
                $"'{path}' holds {Lower(scores.Kind!.Value)}, and the calibrator was fitted on {Lower(calibrator.Kind)}. Give scores of that kind, or --input {Lower(calibrator.Kind)} where they are.");
        }

        if (scores.Classes.Count != calibrator.Classes.Count)
            throw new InvalidDataException($"'{path}' has {scores.Classes.Count} classes, the calibrator {calibrator.Classes.Count}.");

        return !scores.AreClassesNamed || scores.Classes.SequenceEqual(calibrator.Classes) ? Renamed(scores, calibrator) : Reordered(scores, calibrator, path);
    }

    // Classes without names are those of the calibrator, by place.
    private static SavedScores Renamed(SavedScores scores, ScoreCalibrator calibrator) => scores with
    {
        Classes = calibrator.Classes,
        Labels = scores.Labels is null ? null : new Labels(scores.Labels.Indices.ToArray(), calibrator.Classes),
    };

    private static SavedScores Reordered(SavedScores scores, ScoreCalibrator calibrator, string path)
    {
        int classes = calibrator.Classes.Count;
        var from = new int[classes];
        for (int k = 0; k < classes; k++)
        {
            from[k] = scores.Classes.ToList().IndexOf(calibrator.Classes[k]);
            if (from[k] < 0)
                throw new InvalidDataException($"'{path}' has no class '{calibrator.Classes[k]}'; it has {string.Join(", ", scores.Classes.Take(20))}{(classes > 20 ? ", …" : "")}.");
        }

        var values = new double[scores.Values.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = scores.Values[(i / classes * classes) + from[i % classes]];

        return scores with
        {
            Values = values,
            Classes = calibrator.Classes,
            Labels = scores.Labels is null ? null : LabelMatching.ToClasses(scores.Labels, calibrator.Classes),
            Notes = [.. scores.Notes, "the columns stand in another order than the calibrator's classes, and are matched by name"],
        };
    }

    private static string Lower(ScoreKind kind) => kind.ToString().ToLowerInvariant();
}
