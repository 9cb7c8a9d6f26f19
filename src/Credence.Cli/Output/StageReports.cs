using Credence.Models.Learning;

namespace Credence.Cli.Output;

/// <summary>Tells of learning as a share done and what is being done, and says notes as they come.</summary>
internal sealed class StageReports(Action<double, string?> tell, StageProgress progress) : IProgress<LearningProgress>
{
    /// <inheritdoc/>
    public void Report(LearningProgress value)
    {
        if (value.Note is { } note)
            progress.Note($"  {note}");

        tell(value.Fraction, value.Detail is null ? value.Stage : $"{value.Stage}: {value.Detail}");
    }
}
