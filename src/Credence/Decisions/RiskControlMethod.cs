namespace Credence.Decisions;

/// <summary>How a threshold with a guaranteed error rate is found.</summary>
public enum RiskControlMethod
{
    /// <summary>Binary search over the sorted confidences, each step's exact binomial bound at δ/⌈log₂ n⌉ (SGR; Geifman and El-Yaniv 2017).
    /// Depends on the order of the confidences alone, so it suits scores of any scale.</summary>
    SelectiveGuaranteedRisk,

    /// <summary>Exact binomial tests over thresholds fixed beforehand, downwards from several starts until one is not passed (Learn then
    /// Test, fixed sequence; Angelopoulos and others 2021). Best for calibrated probabilities, near which the starts lie.</summary>
    LearnThenTest,
}
