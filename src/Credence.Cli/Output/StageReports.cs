using Credence.Models;

namespace Credence.Cli.Output;

/// <summary>Tells of learning as a share done and what is being done.</summary>
internal sealed class StageReports(Action<double, string?> tell) : IProgress<LearningProgress>
{
    /// <inheritdoc/>
    public void Report(LearningProgress value) => tell(value.Fraction, value.Detail is null ? value.Stage : $"{value.Stage}: {value.Detail}");
}
