namespace Credence.Cli.Output;

/// <summary>Hands fractions to the live line, on the thread that reports them.</summary>
internal sealed class FractionProgress(Action<double, string?> tell) : IProgress<double>
{
    /// <inheritdoc/>
    public void Report(double value) => tell(value, null);
}
