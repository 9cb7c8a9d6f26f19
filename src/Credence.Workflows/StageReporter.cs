using Credence.Models.Learning;

namespace Credence.Workflows;

/// <summary>Runs the stages of a workflow and reports them.</summary>
internal sealed class StageReporter(IProgress<WorkflowProgress>? progress)
{
    /// <summary>Runs a stage.</summary>
    /// <param name="stage">Its name.</param>
    /// <param name="work">Receives a callback that reports the fraction done, 0 to 1, with a detail.</param>
    public T Run<T>(string stage, Func<Action<double, string?>, T> work)
    {
        progress?.Report(new(WorkflowEvent.StageStarted, stage));
        try
        {
            return work((fraction, detail) => progress?.Report(new(WorkflowEvent.StageAdvanced, stage, fraction, detail)));
        }
        finally
        {
            progress?.Report(new(WorkflowEvent.StageEnded, stage, 1));
        }
    }

    /// <summary>Runs a stage of learning.</summary>
    public T Learn<T>(string stage, Func<IProgress<LearningProgress>, T> work) =>
        Run(stage, tell => work(new Relay<LearningProgress>(part =>
        {
            if (part.Note is { } note)
                Note(note);

            tell(part.Fraction, part.Detail is null ? part.Stage : $"{part.Stage}: {part.Detail}");
        })));

    /// <summary>Runs a stage that reports the fraction done.</summary>
    public T Read<T>(string stage, Func<IProgress<double>, T> work) =>
        Run(stage, tell => work(new Relay<double>(part => tell(part, null))));

    /// <summary>Runs a stage that reports the fraction done and the step.</summary>
    public T Fit<T>(string stage, Func<IProgress<(double Share, string Step)>, T> work) =>
        Run(stage, tell => work(new Relay<(double Share, string Step)>(part => tell(part.Share, part.Step))));

    /// <summary>Begins a stage that ends when the returned object is disposed of.</summary>
    /// <param name="stage">Its name.</param>
    /// <param name="part">Reports the fraction done.</param>
    public IDisposable Begin(string stage, out IProgress<double> part)
    {
        progress?.Report(new(WorkflowEvent.StageStarted, stage));
        part = new Relay<double>(fraction => progress?.Report(new(WorkflowEvent.StageAdvanced, stage, fraction)));
        return new End(() => progress?.Report(new(WorkflowEvent.StageEnded, stage, 1)));
    }

    /// <summary>Reports a note, and the option it is about.</summary>
    public void Note(string note, string? option = null) => progress?.Report(new(WorkflowEvent.Note, "", 0, note, option));

    /// <summary>Reports notes.</summary>
    public void Notes(IEnumerable<string> notes)
    {
        foreach (string note in notes)
            Note(note);
    }

    // Progress<T> posts to another thread, where the last report could arrive after the end.
    private sealed class Relay<T>(Action<T> tell) : IProgress<T>
    {
        public void Report(T value) => tell(value);
    }

    private sealed class End(Action tell) : IDisposable
    {
        public void Dispose() => tell();
    }
}
