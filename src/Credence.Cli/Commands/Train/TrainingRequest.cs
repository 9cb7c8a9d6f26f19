using Credence.Cli.Options;
using Credence.Workflows;
using Credence.Workflows.Training;

namespace Credence.Cli.Commands.Train;

/// <summary>A training request: the data, the options and the output files.</summary>
/// <param name="Invocation">The shared options.</param>
/// <param name="Input">The data.</param>
/// <param name="Options">The options of training and evaluation.</param>
/// <param name="Out">The model's file.</param>
/// <param name="Report">The report's file, or null.</param>
internal sealed record TrainingRequest(Invocation Invocation, DataInput Input, TrainingWorkflowOptions Options, string Out, string? Report)
{
    /// <summary>The file that the part of each row is written to, or null.</summary>
    public string? SplitOut { get; init; }

    /// <summary>The equivalent command, where it is not the one typed.</summary>
    public string? AsTyped { get; init; }
}
