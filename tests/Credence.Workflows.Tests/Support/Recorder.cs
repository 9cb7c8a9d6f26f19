using Credence.Models.Learning;

namespace Credence.Workflows.Tests.Support;

/// <summary>Keeps what a workflow reports.</summary>
internal sealed class Recorder : IProgress<WorkflowProgress>
{
    public List<WorkflowProgress> Reports { get; } = [];

    public string[] Stages => [.. Reports.Where(report => report.Event == WorkflowEvent.StageStarted).Select(report => report.Stage)];

    public string[] Notes => [.. Reports.Where(report => report.Event == WorkflowEvent.Note).Select(report => report.Text!)];

    public void Report(WorkflowProgress value) => Reports.Add(value);
}
