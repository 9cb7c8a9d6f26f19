namespace Credence.Decisions;

/// <summary>The decision of a policy on a row.</summary>
/// <param name="Abstain">Whether to abstain on the row.</param>
/// <param name="Action">The action's name under a cost matrix; else null, and the answer is the most probable class.</param>
/// <param name="ExpectedCost">The action's expected cost under a cost matrix; else null.</param>
public sealed record PolicyDecision(bool Abstain, string? Action, double? ExpectedCost);
