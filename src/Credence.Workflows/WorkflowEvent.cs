namespace Credence.Workflows;

/// <summary>The kinds of reports of a workflow.</summary>
public enum WorkflowEvent
{
    /// <summary>A stage starts. Stages are sequential, never nested.</summary>
    StageStarted,

    /// <summary>The stage made progress.</summary>
    StageAdvanced,

    /// <summary>The stage ended, by success or by an exception.</summary>
    StageEnded,

    /// <summary>A note for the user, within a stage or between two.</summary>
    Note,
}
