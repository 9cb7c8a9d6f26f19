using Credence.Files.Inputs;
using Credence.Models.Learning;
using Credence.Workflows;
using Credence.Workflows.Predictions;
using Credence.Workflows.Scores;
using Credence.Workflows.Training;

namespace Credence.Cli.Output;

/// <summary>Adds the command's name of an option to a library message, which refers to the option by its meaning.</summary>
internal static class OptionHints
{
    /// <summary>The message for an invalid option.</summary>
    public static string Complete(WorkflowOptionException error) => error.Option switch
    {
        nameof(ReadOptions.Label) => $"{error.Message} Give --label NAME or --label INDEX (-1 is the last).",
        nameof(ScoreInput.Kind) => $"{error.Message} Give --input logits or --input probabilities as they are, or leave it out.",
        nameof(ReadOptions.Group) => $"{error.Message} --group names it.",
        nameof(TrainingWorkflowOptions.TestLabelsFile) => $"{error.Message} Give --test-labels FILE beside --labels.",
        nameof(ScoreInput.Normalize) => Named("--normalize", error.Message),
        OneRow.Row => Named("--row", error.Message),
        OneRow.Text => $"{error.Message} Use --row.",
        nameof(EvaluationWorkflowOptions.AdaptiveStep) => Named("--adaptive", error.Message),
        nameof(ReadOptions.LabelSeparator) => Named("--label-separator", error.Message),
        nameof(ReadOptions.SplitColumn) => Named("--split-column", error.Message),
        nameof(ReadOptions.SplitByTime) => Named("--split-by-time", error.Message),
        nameof(ClassifierOptions.ConformalFraction) => Named("--conformal-rows", error.Message),
        nameof(ClassifierOptions.Sets) => Named("--sets, --set-by, --alpha or --allow-empty-sets", error.Message),
        nameof(ClassifierOptions.Policy) => Named("--coverage, --max-risk or --cost", error.Message),
        nameof(ClassifierOptions.Shift) => Named("--shift", error.Message),
        nameof(ClassifierOptions.Outliers) => Named("--outliers", error.Message),
        nameof(ClassifierOptions.Calibration) => Named("--calibration", error.Message),
        nameof(ClassifierOptions.L1Ratio) => Named("--l1-ratio", error.Message),
        nameof(TrainingWorkflowOptions.Folds) => Named("--folds", error.Message),
        nameof(ScoreCalibrationOptions.FitRows) => Named("--fit-rows", error.Message),
        _ => error.Message,
    };

    /// <summary>A note with its option.</summary>
    public static string Complete(string note, string? option) =>
        option == nameof(ScoreInput.Kind) ? $"{note} (--input probabilities)." : note;

    private static string Named(string name, string message) => $"{name}: {char.ToLowerInvariant(message[0])}{message[1..]}";
}
