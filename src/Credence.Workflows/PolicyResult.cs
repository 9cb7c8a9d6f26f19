using Credence.Data;
using Credence.Data.Scores;
using Credence.Decisions;
using Credence.Models;

namespace Credence.Workflows;

/// <summary>A policy and its evaluation.</summary>
/// <param name="Policy">The policy; null where no threshold keeps the bound that was asked for.</param>
/// <param name="Refusal">Why there is none, in words; null where there is one.</param>
/// <param name="Figures">Its evaluation on rows it was not fitted on; null where that was not measured.</param>
public sealed record PolicyResult(Policy? Policy, string? Refusal, PolicyMetrics? Figures)
{
    /// <summary>A policy that was fitted before, on rows it has not seen.</summary>
    /// <returns>Null where there is no policy.</returns>
    public static PolicyResult? Of(Policy? policy, Probabilities probabilities, Labels labels) =>
        policy is null ? null : new PolicyResult(policy, null, PolicyMetrics.Compute(policy, probabilities, labels));

    /// <summary>A policy fitted on these very rows, and evaluated by fitting it on half of them and counting on the other half.</summary>
    /// <param name="options">The policy asked for.</param>
    /// <param name="probabilities">[n, K], calibrated.</param>
    /// <param name="labels">Their classes.</param>
    /// <param name="seed">The seed of the halves.</param>
    /// <returns>Null where none is asked for.</returns>
    public static PolicyResult? Of(PolicyOptions options, Probabilities probabilities, Labels labels, ulong seed)
    {
        if (!options.IsAsked)
            return null;

        Attempt<Policy, string> fit = options.Fit(probabilities, labels);
        return new PolicyResult(fit.Value, fit.Refusal, PolicyMetrics.Halved(probabilities, labels, options, seed));
    }
}
