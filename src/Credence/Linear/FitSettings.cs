namespace Credence.Linear;

/// <summary>The settings shared by all fits of linear models.</summary>
/// <param name="Strength">λ ≥ 0, the strength of the penalty.</param>
/// <param name="L1Ratio">ρ, the L1 fraction of the penalty.</param>
/// <param name="Tolerance">The duality gap at convergence, relative to the objective.</param>
/// <param name="MaxIterations">The maximum number of iterations.</param>
/// <param name="MaxThreads">The maximum number of threads; 0 for one per core.</param>
internal readonly record struct FitSettings(double Strength, double L1Ratio, double Tolerance, int MaxIterations, int MaxThreads)
{
    /// <summary>Whether the penalty makes weights exactly 0.</summary>
    public bool Selects => L1Ratio > 0 && Strength > 0;

    /// <exception cref="ArgumentException">A value is out of range.</exception>
    public void Check()
    {
        if (!(Strength >= 0) || !double.IsFinite(Strength))
            throw new ArgumentException($"'Lambda' is {Strength}, must be a finite number of at least 0.", "Lambda");
        if (!(L1Ratio >= 0 && L1Ratio <= 1))
            throw new ArgumentException($"'{nameof(L1Ratio)}' is {L1Ratio}, must be from 0 to 1.", nameof(L1Ratio));
        if (!(Tolerance > 0))
            throw new ArgumentException($"'{nameof(Tolerance)}' is {Tolerance}, must be above 0.", nameof(Tolerance));
        if (MaxIterations < 1)
            throw new ArgumentException($"'{nameof(MaxIterations)}' is {MaxIterations}, must be at least 1.", nameof(MaxIterations));
        if (MaxThreads < 0)
            throw new ArgumentException($"'{nameof(MaxThreads)}' is {MaxThreads}, must be at least 0; 0 means one per core.",
                nameof(MaxThreads));
    }
}
