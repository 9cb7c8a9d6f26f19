namespace Credence.Linear.Path;

/// <summary>Options of the regularisation path.</summary>
public sealed record RegularizationPathOptions
{
    /// <summary>The penalties to try, or null to search from strong to weak until the held-out log loss has passed its minimum.</summary>
    public IReadOnlyList<double>? Strengths { get; init; }

    /// <summary>ρ, 0 to 1, the L1 fraction of the penalty; above 0 the search starts at the weakest penalty that makes all weights
    /// 0.</summary>
    public double L1Ratio { get; init; }

    /// <summary>The factor between successive penalties, above 1.</summary>
    public double Step { get; init; } = 3.1622776601683795;

    /// <summary>The predicted decrease at which a fold's fit stops, relative to the objective; held-out losses need no
    /// certificate.</summary>
    public double FoldTolerance { get; init; } = 1e-3;

    /// <summary>The duality gap of the final fit on all rows, relative to the objective.</summary>
    public double Tolerance { get; init; } = 1e-4;

    /// <summary>The maximum number of threads; 0 for one per core. The result does not depend on it.</summary>
    public int MaxThreads { get; init; }

    /// <exception cref="ArgumentException">A value is out of range.</exception>
    internal void Check()
    {
        if (!(Step > 1 && Step <= 1e6))
            throw new ArgumentException($"'{nameof(Step)}' is {Step}, must be above 1 and at most 1e6.", nameof(Step));
        if (!(L1Ratio >= 0 && L1Ratio <= 1))
            throw new ArgumentException($"'{nameof(L1Ratio)}' is {L1Ratio}, must be from 0 to 1.", nameof(L1Ratio));
        if (Strengths is { } given && (given.Count == 0 || given.Any(l2 => !(l2 > 0 && double.IsFinite(l2)))))
            throw new ArgumentException($"'{nameof(Strengths)}' must have at least one number, all finite and above 0.", nameof(Strengths));
    }
}
