using Credence.Models.Learning;

namespace Credence.Cli.Commands.Train;

/// <summary>What to train and where to write it.</summary>
/// <param name="Invocation">The shared options.</param>
/// <param name="Paths">The data.</param>
/// <param name="Options">How the classifier is made.</param>
/// <param name="Out">The model's file.</param>
/// <param name="Report">The report's file, or null.</param>
internal sealed record TrainingRequest(Invocation Invocation, string[] Paths, ClassifierOptions Options, string Out, string? Report)
{
    /// <summary>The label's column, where the command line does not say it.</summary>
    public string? Label { get; init; }

    /// <summary>The rows to measure on, where the command line does not say them.</summary>
    public string? Test { get; init; }

    /// <summary>The command that does the same, where it is not the one that was typed.</summary>
    public string? AsTyped { get; init; }
}
