using Credence.Data.Scores;
using Credence.Diagnostics;
using Credence.Files.Inputs;
using Credence.Files.Scores;

namespace Credence.Workflows.Scores;

/// <summary>The saved scores to read: their file and how to read it.</summary>
/// <param name="Path">A csv or npz file, or <c>-</c> for standard input.</param>
public sealed record ScoreInput(string Path)
{
    /// <summary>How text is read; the label column and file, the group column, and the class names.</summary>
    public ReadOptions Reading { get; init; } = new();

    /// <summary>The kind of the scores; null where the file's array name states it, or the numbers leave no doubt: rows from 0 to 1 that
    /// sum to 1, exactly or as rounded numbers do, are probabilities, and log-probabilities are logits.</summary>
    public ScoreKind? Kind { get; init; }

    /// <summary>The kind of the scores where neither <see cref="Kind"/> nor the file states it; null asks the numbers, and throws where
    /// they leave a doubt.</summary>
    public ScoreKind? DefaultKind { get; init; }

    /// <summary>The two classes of one column of scores, the positive one second, where a calibrator knows them.</summary>
    public IReadOnlyList<string>? OneColumnClasses { get; init; }

    /// <summary>Whether probabilities whose rows don't sum to 1 (percentages, sigmoids, rounded numbers) are converted to ones that
    /// do.</summary>
    public bool Normalize { get; init; }

    /// <summary>Opens the stream for <c>-</c>; null where there is none.</summary>
    public Func<Stream>? StandardInput { get; init; }

    /// <summary>Reads scores of any format, for <see cref="DoctorWorkflow"/> to detect.</summary>
    /// <param name="progress">Receives the stage <see cref="WorkflowStage.Reading"/>, then the notes.</param>
    /// <exception cref="WorkflowOptionException">An option names what doesn't exist.</exception>
    /// <exception cref="InvalidDataException">The file can't be read, a score is not a number, or a label is not a class: the message says
    /// where.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public SavedScores ReadAny(IProgress<WorkflowProgress>? progress = null) => Read(progress, isKindNeeded: false);

    /// <summary>Reads the scores; <see cref="Check"/> checks that they can be of their kind.</summary>
    /// <param name="progress">Receives the stage <see cref="WorkflowStage.Reading"/>, then the notes.</param>
    /// <exception cref="WorkflowOptionException">An option names what doesn't exist, or nothing states the kind of the scores.</exception>
    /// <exception cref="InvalidDataException">The file can't be read, a score is not a number, or a label is not a class: the message says
    /// where.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public SavedScores Read(IProgress<WorkflowProgress>? progress = null) => Read(progress, isKindNeeded: true);

    /// <summary>Reads and checks labelled scores.</summary>
    /// <param name="progress">Receives the stage <see cref="WorkflowStage.Reading"/>, then the notes.</param>
    /// <exception cref="WorkflowOptionException">There are no labels, or as for <see
    /// cref="Read(IProgress{WorkflowProgress})"/>.</exception>
    /// <exception cref="InvalidDataException">As for <see cref="Read(IProgress{WorkflowProgress})"/> and <see cref="Check"/>.</exception>
    public SavedScores ReadLabelled(IProgress<WorkflowProgress>? progress = null)
    {
        SavedScores scores = Read(progress);
        CheckLabelled(scores);
        Check(scores, progress);
        return scores;
    }

    /// <summary>Refuses scores that can't be of their stated kind, and notes where they seem to be of the other kind.</summary>
    /// <param name="scores">The scores.</param>
    /// <param name="progress">Receives the note.</param>
    /// <exception cref="InvalidDataException">A row can't be of that kind: the message says where.</exception>
    public static void Check(SavedScores scores, IProgress<WorkflowProgress>? progress = null)
    {
        ScoreKind kind = scores.RequiredKind();
        if (ScoreFault.First(kind, scores.Values, scores.Classes.Count) is { } fault)
            throw new InvalidDataException($"{scores.PlaceOf(fault.Row, fault.Class)} {fault.Text}");

        if (kind == ScoreKind.Logits && ScoreFormatReport.LooksLikeProbabilities(scores.Values, scores.Classes.Count))
        {
            new StageReporter(progress).Note(
                $"{scores.Name}: its rows sum to 1 and none is negative, like probabilities, but they are read as logits", nameof(Kind));
        }
    }

    /// <exception cref="WorkflowOptionException">There are no labels.</exception>
    internal static void CheckLabelled(SavedScores scores)
    {
        if (scores.Labels is null)
        {
            throw new WorkflowOptionException(
                $"'{scores.Name}' has scores but no labels, which an evaluation needs.", nameof(ReadOptions.LabelsFile));
        }
    }

    /// <summary>Refuses options of rows, which scores have not.</summary>
    private void CheckReading()
    {
        (string? Value, string Name)[] ofRows =
        [
            (Reading.Kind, nameof(Reading.Kind)), (Reading.Text, nameof(Reading.Text)),
            (Reading.LabelPattern, nameof(Reading.LabelPattern)), (Reading.LabelSeparator, nameof(Reading.LabelSeparator)),
        ];
        foreach ((string? value, string name) in ofRows)
        {
            if (value is not null)
                throw new WorkflowOptionException(
                    $"'{Path}' holds scores, and '{value}' says how rows of data are read: it does nothing here.", name);
        }
    }

    private SavedScores Read(IProgress<WorkflowProgress>? progress, bool isKindNeeded)
    {
        CheckReading();
        var stages = new StageReporter(progress);
        try
        {
            Stream? standard = Path == "-" ? StandardInput?.Invoke() : null;
            SavedScores scores = stages.Run(WorkflowStage.Reading, _ => SavedScores.Read(
                Path, Reading, Kind, standard, DefaultKind, detects: true, OneColumnClasses));
            if (isKindNeeded)
            {
                scores = Recognised(scores);
                scores.RequiredKind();
            }

            stages.Notes(scores.Notes);
            return Normalize && scores.Kind == ScoreKind.Probabilities ? ScoreMatching.Normalized(scores, progress)
                : Normalize && scores.Kind == ScoreKind.Logits
                    ? throw new WorkflowOptionException($"'{Path}' holds logits, which have no sum to divide by.", nameof(Normalize))
                    : scores;
        }
        catch (ArgumentException error)
        {
            throw new WorkflowOptionException(error.Message, inner: error);
        }
    }

    /// <summary>The scores as the numbers alone say they are, where they leave no doubt; the doctor reads by the same report.</summary>
    private static SavedScores Recognised(SavedScores scores)
    {
        int classes = scores.Classes.Count;
        bool isSettled = scores.Kind switch
        {
            null => scores.Rows < 2,
            ScoreKind.Logits => true,
            _ => ScoreFault.First(ScoreKind.Probabilities, scores.Values, classes) is not { Class: < 0 },
        };
        if (isSettled)
            return scores;

        ScoreFormatReport report = ScoreFormatReport.Inspect(scores.Values, classes, scores.PlaceOf);
        if (!report.IsBeyondDoubt || (scores.Kind is { } stated && stated != report.Kind))
            return scores;

        string note = $"{scores.Name}: {report.Text} {report.Advice}".TrimEnd()
            + (scores.Kind is null ? $" ({nameof(SavedScores)}.{nameof(SavedScores.Kind)})" : "");
        return scores with
        {
            Kind = report.Kind,
            Resolution = report.Resolution,
            Values = report.Normalized(scores.Values, classes, scores.PlaceOf),
            Notes = [.. scores.Notes, note],
        };
    }
}
