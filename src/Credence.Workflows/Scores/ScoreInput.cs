using Credence.Data.Scores;
using Credence.Diagnostics;
using Credence.Files.Inputs;
using Credence.Files.Scores;

namespace Credence.Workflows.Scores;

/// <summary>Scores to be read, which some system saved: where they are and how they are read.</summary>
/// <param name="Path">A csv or npz file, or <c>-</c> for standard input.</param>
public sealed record ScoreInput(string Path)
{
    /// <summary>How text is read; the label's column and file, the column of groups, and the classes' names.</summary>
    public ReadOptions Reading { get; init; } = new();

    /// <summary>What the scores are; null where the file's array says it.</summary>
    public ScoreKind? Kind { get; init; }

    /// <summary>What the scores are where neither <see cref="Kind"/> nor the file says it; null asks.</summary>
    public ScoreKind? DefaultKind { get; init; }

    /// <summary>Opens the stream that <c>-</c> stands for; null where there is none.</summary>
    public Func<Stream>? StandardInput { get; init; }

    /// <summary>Reads the scores, whatever they are: the workflow of the doctor finds it out.</summary>
    /// <param name="progress">Receives the stage <see cref="WorkflowStage.Reading"/>, then of the notes.</param>
    /// <exception cref="WorkflowOptionException">An option names what doesn't exist.</exception>
    /// <exception cref="InvalidDataException">The file can't be read, a score is not a number, or a label is not a class: the message says
    /// where.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public SavedScores ReadAny(IProgress<WorkflowProgress>? progress = null) => Read(progress, isKindNeeded: false);

    /// <summary>Reads the scores; whether they can be of their kind is for <see cref="Check"/> to say.</summary>
    /// <param name="progress">Receives the stage <see cref="WorkflowStage.Reading"/>, then of the notes.</param>
    /// <exception cref="WorkflowOptionException">An option names what doesn't exist, or nothing says what the scores are.</exception>
    /// <exception cref="InvalidDataException">The file can't be read, a score is not a number, or a label is not a class: the message says
    /// where.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public SavedScores Read(IProgress<WorkflowProgress>? progress = null) => Read(progress, isKindNeeded: true);

    /// <summary>Reads and checks scores whose true classes are known.</summary>
    /// <param name="progress">Receives the stage <see cref="WorkflowStage.Reading"/>, then of the notes.</param>
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

    /// <summary>Refuses scores that can't be of the kind they are said to be, and notes where they seem to be of the other.</summary>
    /// <param name="scores">The scores.</param>
    /// <param name="progress">Receives the note.</param>
    /// <exception cref="InvalidDataException">A row can't be: the message says where.</exception>
    public static void Check(SavedScores scores, IProgress<WorkflowProgress>? progress = null)
    {
        ScoreKind kind = scores.RequiredKind();
        if (ScoreFault.First(kind, scores.Values, scores.Classes.Count) is { } fault)
            throw new InvalidDataException($"{scores.PlaceOf(fault.Row, fault.Class)} {fault.Text}");

        if (kind == ScoreKind.Logits && ScoreFormatReport.LooksLikeProbabilities(scores.Values, scores.Classes.Count))
        {
            new StageReporter(progress).Note(
                $"{scores.Name}: its rows sum to 1 and none is negative, as of probabilities, and they are read as logits", nameof(Kind));
        }
    }

    /// <exception cref="WorkflowOptionException">There are no labels.</exception>
    internal static void CheckLabelled(SavedScores scores)
    {
        if (scores.Labels is null)
        {
            throw new WorkflowOptionException(
                $"'{scores.Name}' has scores but no labels to evaluate them against.", nameof(ReadOptions.LabelsFile));
        }
    }

    private SavedScores Read(IProgress<WorkflowProgress>? progress, bool isKindNeeded)
    {
        var stages = new StageReporter(progress);
        try
        {
            Stream? standard = Path == "-" ? StandardInput?.Invoke() : null;
            SavedScores scores = stages.Run(WorkflowStage.Reading, _ => SavedScores.Read(Path, Reading, Kind, standard, DefaultKind));
            if (isKindNeeded)
                scores.RequiredKind();

            stages.Notes(scores.Notes);
            return scores;
        }
        catch (ArgumentException error)
        {
            throw new WorkflowOptionException(error.Message, inner: error);
        }
    }
}
