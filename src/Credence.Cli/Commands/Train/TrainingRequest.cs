using Credence.Cli.Options;
using Credence.Workflows;
using Credence.Workflows.Training;

namespace Credence.Cli.Commands.Train;

/// <summary>What to train and where to write it.</summary>
/// <param name="Invocation">The shared options.</param>
/// <param name="Input">The data.</param>
/// <param name="Options">How to train and evaluate.</param>
/// <param name="Out">The model's file.</param>
/// <param name="Report">The report's file, or null.</param>
internal sealed record TrainingRequest(Invocation Invocation, DataInput Input, TrainingWorkflowOptions Options, string Out, string? Report)
{
    /// <summary>The file that says which part each row is in, or null.</summary>
    public string? SplitOut { get; init; }

    /// <summary>The command that does the same, where it is not the one that was typed.</summary>
    public string? AsTyped { get; init; }
}
