namespace Credence.Report.Plots;

/// <summary>The penalties tried and the log loss of each on held-out rows.</summary>
/// <param name="Points">The penalty and the held-out log loss, in any order.</param>
/// <param name="Chosen">The selected penalty.</param>
public sealed record PathSummary(IReadOnlyList<(double Penalty, double LogLoss)> Points, double Chosen);
