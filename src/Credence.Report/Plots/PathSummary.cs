namespace Credence.Report.Plots;

/// <summary>The penalties that were tried and what each gave on rows held out.</summary>
/// <param name="Points">The penalty and the held-out log loss, in any order.</param>
/// <param name="Chosen">The penalty that was taken.</param>
public sealed record PathSummary(IReadOnlyList<(double Penalty, double LogLoss)> Points, double Chosen);
