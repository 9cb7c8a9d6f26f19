namespace Credence.Shift;

/// <summary>The options of label-shift estimation.</summary>
public sealed record LabelShiftOptions
{
    /// <summary>The method.</summary>
    public LabelShiftMethod Method { get; init; } = LabelShiftMethod.ExpectationMaximisation;

    /// <summary>EM: rows of every class, on top of those seen, that the Dirichlet prior stands for (its parameters less one). 0 gives the
    /// likelihood's own maximum, which may set a class to probability 0.</summary>
    public double PseudoRows { get; init; } = 0.001;

    /// <summary>EM: stops where no class's share moves by more than this.</summary>
    public double Tolerance { get; init; } = 1e-9;

    /// <summary>EM: the maximum number of passes over the rows.</summary>
    public int MaxIterations { get; init; } = 2_000;

    /// <summary>The maximum number of threads; 0 uses one per core. The result does not depend on it.</summary>
    public int MaxThreads { get; init; } = 1;

    internal void Check()
    {
        if (!Enum.IsDefined(Method))
            throw new ArgumentException($"'{nameof(Method)}' is {Method}, not known.");

        if (!(PseudoRows >= 0 && double.IsFinite(PseudoRows)))
            throw new ArgumentException($"'{nameof(PseudoRows)}' is {PseudoRows}, must be 0 or more.");

        if (!(Tolerance > 0))
            throw new ArgumentException($"'{nameof(Tolerance)}' is {Tolerance}, must be above 0.");

        if (MaxIterations < 1)
            throw new ArgumentException($"'{nameof(MaxIterations)}' is {MaxIterations}, must be at least 1.");
    }
}
