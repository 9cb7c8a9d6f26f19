namespace Credence.Decisions;

/// <summary>The guarantee of a threshold: an error rate of the answers of at most <see cref="MaxRisk"/>, with probability at least
/// 1 − <see cref="Delta"/> over the held-out rows drawn.</summary>
public sealed record RiskControlOptions
{
    /// <summary>The maximum error rate of the answers, above 0 and below 1.</summary>
    public double MaxRisk { get; init; } = 0.02;

    /// <summary>The probability with which the guarantee may fail, above 0 and below 1.</summary>
    public double Delta { get; init; } = 0.05;

    /// <summary>The search method.</summary>
    public RiskControlMethod Method { get; init; } = RiskControlMethod.SelectiveGuaranteedRisk;

    internal void Check()
    {
        if (!(MaxRisk > 0 && MaxRisk < 1))
            throw new ArgumentException($"'{nameof(MaxRisk)}' is {MaxRisk}, must be above 0 and below 1, such as 0.02.");

        if (!(Delta > 0 && Delta < 1))
            throw new ArgumentException($"'{nameof(Delta)}' is {Delta}, must be above 0 and below 1, such as 0.05.");

        if (!Enum.IsDefined(Method))
            throw new ArgumentException($"'{nameof(Method)}' is {Method}, not known.");
    }
}
