namespace Credence.Report.Sections;

/// <summary>The calibrators that were tried and the one that was taken.</summary>
/// <param name="Method">The one that was taken.</param>
/// <param name="Reason">Why, in a sentence.</param>
/// <param name="Candidates">Each method with its cross-validated log loss and a remark.</param>
public sealed record CalibrationChoice(string Method, string Reason, IReadOnlyList<(string Method, double LogLoss, string Remark)> Candidates)
{
    /// <summary>What was fitted: a parameter's name and its value, such as a temperature of 1.83.</summary>
    public IReadOnlyList<(string Name, double Value)> Parameters { get; init; } = [];
}
