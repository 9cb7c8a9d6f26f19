namespace Credence.Linear;

/// <summary>Options of softmax regression.</summary>
/// <remarks>
/// λ here multiplies the penalty of a weighted mean loss over n rows. Elsewhere the same fit is: scikit-learn C = 1/(λ·n); glmnet the same
/// λ, with standardize = FALSE; ML.NET's maximum-entropy L-BFGS L2Regularization = λ·n with L1Regularization = 0; LIBLINEAR C = 1/(λ·n),
/// but one-vs-rest
/// and with the bias penalised.
/// </remarks>
public sealed record SoftmaxRegressionOptions
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

    /// <summary>A factor on the weight of each class's rows, or null for 1 each. They change what a probability means:
    /// <see cref="SoftmaxModel.WithoutClassWeights"/> removes their effect on the prior.</summary>
    public double[]? ClassWeights { get; init; }

    /// <summary>The maximum number of threads; 0 for one per core. The result does not depend on it.</summary>
    public int MaxThreads { get; init; }

    /// <summary>Where to start: a model with the same features and classes. The optimum does not depend on it.</summary>
    public SoftmaxModel? WarmStart { get; init; }

    internal FitSettings Settings => new(Lambda, L1Ratio, Tolerance, MaxIterations, MaxThreads);

    /// <exception cref="ArgumentException">A value is out of range.</exception>
    internal void Check()
    {
        Settings.Check();
        for (int k = 0; k < ClassWeights?.Length; k++)
        {
            if (!(ClassWeights[k] > 0) || !double.IsFinite(ClassWeights[k]))
                throw new ArgumentException($"'{nameof(ClassWeights)}' of class {k} is {ClassWeights[k]}, must be finite and above 0.",
                    nameof(ClassWeights));
        }
    }
}
