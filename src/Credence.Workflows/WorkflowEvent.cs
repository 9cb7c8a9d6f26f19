namespace Credence.Workflows;

/// <summary>What a workflow reports.</summary>
public enum WorkflowEvent
{
    /// <summary>A stage starts. Stages follow each other; none lies within another.</summary>
    StageStarted,

    /// <summary>A part of the stage is done.</summary>
    StageAdvanced,

    /// <summary>The stage ended, by success or by an exception.</summary>
    StageEnded,

    /// <summary>A note for the user, within a stage or between two.</summary>
    Note,
}
