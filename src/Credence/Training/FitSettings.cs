namespace Credence.Training;

/// <summary>What every fit of a linear model is told.</summary>
/// <param name="L2">λ ≥ 0, the strength of the penalty.</param>
/// <param name="Tolerance">The duality gap at which it has converged, as a part of the objective.</param>
/// <param name="MaxIterations">The most steps.</param>
/// <param name="MaxThreads">The most threads; 0 for one a core.</param>
internal readonly record struct FitSettings(double L2, double Tolerance, int MaxIterations, int MaxThreads)
{
    /// <exception cref="ArgumentException">A value is out of range.</exception>
    public void Check()
    {
        if (!(L2 >= 0) || !double.IsFinite(L2))
            throw new ArgumentException($"'{nameof(L2)}' is {L2}, must be a finite number of at least 0.", nameof(L2));
        if (!(Tolerance > 0))
            throw new ArgumentException($"'{nameof(Tolerance)}' is {Tolerance}, must be above 0.", nameof(Tolerance));
        if (MaxIterations < 1)
            throw new ArgumentException($"'{nameof(MaxIterations)}' is {MaxIterations}, must be at least 1.", nameof(MaxIterations));
        if (MaxThreads < 0)
            throw new ArgumentException($"'{nameof(MaxThreads)}' is {MaxThreads}, must be at least 0; 0 means one a core.", nameof(MaxThreads));
    }
}
