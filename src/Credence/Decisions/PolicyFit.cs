namespace Credence.Decisions;

/// <summary>What the search for a policy gave: the policy, or the reason why there is none.</summary>
/// <param name="Policy">The policy; null where no threshold keeps the promise that was asked for.</param>
/// <param name="Refusal">Why there is none, in words; null where there is one.</param>
public sealed record PolicyFit(Policy? Policy, string? Refusal);
