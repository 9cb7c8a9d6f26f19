namespace Credence.Linear;

/// <summary>Options of sigmoid regression.</summary>
/// <remarks>
/// λ here multiplies the penalty of a weighted mean over n rows of the loss summed over classes, so that each class is fitted
/// independently. Elsewhere
/// the same one-vs-rest fit is: scikit-learn's LogisticRegression within OneVsRestClassifier C = 1/(λ·n); LIBLINEAR -s 0 C = 1/(λ·n), with
/// the bias
/// penalised; a <see cref="SoftmaxRegression"/> of two classes 2λ.
/// </remarks>
public sealed record SigmoidRegressionOptions
{
    /// <summary>λ ≥ 0, the strength of the penalty λ·[½(1 − ρ)‖W‖² + ρ‖W‖₁].</summary>
    public double Lambda { get; init; } = 1e-3;

    /// <summary>ρ, 0 to 1, the L1 fraction of the penalty: above 0, weights of uninformative features are exactly 0 (the elastic net; 1 is
    /// the
    /// lasso). Elsewhere: scikit-learn's l1_ratio, glmnet's alpha. For the lasso, the duality gap is rarely below 1e-8, as weights are
    /// floats.</summary>
    public double L1Ratio { get; init; }

    /// <summary>The fit has converged when its duality gap is at most this fraction of the objective.</summary>
    public double Tolerance { get; init; } = 1e-4;

    /// <summary>The maximum number of solver iterations.</summary>
    public int MaxIterations { get; init; } = 1000;

    /// <summary>The maximum number of threads; 0 for one per core. The result does not depend on it.</summary>
    public int MaxThreads { get; init; }

    /// <summary>Where to start: a model with the same features and classes. The optimum does not depend on it.</summary>
    public SigmoidModel? WarmStart { get; init; }

    internal FitSettings Settings => new(Lambda, L1Ratio, Tolerance, MaxIterations, MaxThreads);
}
