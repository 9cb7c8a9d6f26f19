namespace Credence.Conformal;

/// <summary>What fitting prediction sets gave: sets, or the reason why there are none.</summary>
public sealed class ConformalFit
{
    internal ConformalFit(ConformalClassifier classifier) => Classifier = classifier;

    internal ConformalFit(ConformalRefusal refusal) => Refusal = refusal;

    /// <summary>The sets, or null where they were refused.</summary>
    public ConformalClassifier? Classifier { get; }

    /// <summary>Why there are none, or null where there are.</summary>
    public ConformalRefusal? Refusal { get; }
}
