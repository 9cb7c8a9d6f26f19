namespace Credence.Report.Sections;

/// <summary>The calibrators tried and the selected one.</summary>
/// <param name="Method">The selected one.</param>
/// <param name="Reason">Why, in a sentence.</param>
/// <param name="Candidates">Each method with its cross-validated log loss and a remark.</param>
public sealed record CalibrationChoice(
    string Method, string Reason, IReadOnlyList<(string Method, double LogLoss, string Remark)> Candidates)
{
    /// <summary>The fitted parameters, each a name and a value, such as a temperature of 1.83.</summary>
    public IReadOnlyList<(string Name, double Value)> Parameters { get; init; } = [];
}
