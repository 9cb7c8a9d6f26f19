namespace Credence.Workflows;

/// <summary>One report of a workflow, the same type for every workflow and stage. A listener can time a stage between
/// <see cref="WorkflowEvent.StageStarted"/> and <see cref="WorkflowEvent.StageEnded"/>: workflows themselves use no clock.</summary>
/// <param name="Event">The kind of report.</param>
/// <param name="Stage">The stage, such as <see cref="WorkflowStage.Training"/>; empty for a note between stages.</param>
/// <param name="Fraction">The fraction of the stage that is done, 0 to 1.</param>
/// <param name="Text">A detail of the stage, or the note; null where there is none.</param>
/// <param name="Option">For a note about an option: the property's name, such as <c>Kind</c>; else null.</param>
public readonly record struct WorkflowProgress(
    WorkflowEvent Event, string Stage, double Fraction = 0, string? Text = null, string? Option = null);
