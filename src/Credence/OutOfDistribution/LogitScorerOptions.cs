namespace Credence.OutOfDistribution;

/// <summary>The options of outlier scores of logits.</summary>
public sealed record LogitScorerOptions
{
    /// <summary>The score.</summary>
    public LogitScore Score { get; init; } = LogitScore.Energy;

    /// <summary>Energy: T, above 0.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>Generalised entropy: γ, above 0.</summary>
    public double Gamma { get; init; } = 0.1;

    /// <summary>Generalised entropy: M, the number of largest probabilities summed.</summary>
    public int TopClasses { get; init; } = 100;

    /// <summary>KL matching: the least probability a class's mean may have, so that a divergence stays finite.</summary>
    public double Floor { get; init; } = 1e-12;

    internal void Check()
    {
        if (!Enum.IsDefined(Score))
            throw new ArgumentException($"'{nameof(Score)}' is {Score}, not known.");

        if (!(Temperature > 0 && double.IsFinite(Temperature)))
            throw new ArgumentException($"'{nameof(Temperature)}' is {Temperature}, must be above 0.");

        if (!(Gamma > 0 && double.IsFinite(Gamma)))
            throw new ArgumentException($"'{nameof(Gamma)}' is {Gamma}, must be above 0.");

        if (TopClasses < 1)
            throw new ArgumentException($"'{nameof(TopClasses)}' is {TopClasses}, must be at least 1.");

        if (!(Floor > 0 && Floor < 1))
            throw new ArgumentException($"'{nameof(Floor)}' is {Floor}, must be above 0 and below 1.");
    }
}
