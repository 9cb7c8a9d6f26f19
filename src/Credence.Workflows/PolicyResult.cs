using Credence.Data;
using Credence.Data.Scores;
using Credence.Decisions;
using Credence.Models;

namespace Credence.Workflows;

/// <summary>A policy and its evaluation.</summary>
/// <param name="Policy">The policy; null where no threshold satisfies the requested bound.</param>
/// <param name="Refusal">The reason why there is none; null where there is one.</param>
/// <param name="Figures">Its evaluation on rows it was not fitted on; null where it was not evaluated.</param>
public sealed record PolicyResult(Policy? Policy, string? Refusal, PolicyMetrics? Figures)
{
    /// <summary>An existing policy, evaluated on rows it was not fitted on.</summary>
    /// <returns>Null where there is no policy.</returns>
    public static PolicyResult? Of(Policy? policy, Probabilities probabilities, Labels labels) =>
        policy is null ? null : new PolicyResult(policy, null, PolicyMetrics.Compute(policy, probabilities, labels));

    /// <summary>A policy fitted on these rows, and evaluated by fitting it on half of them and counting on the other half.</summary>
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
