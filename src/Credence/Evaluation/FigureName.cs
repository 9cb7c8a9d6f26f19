namespace Credence.Evaluation;

/// <summary>The figures' names, as in every output.</summary>
public static class FigureName
{
    /// <summary>The share of rows whose most probable class is the true one.</summary>
    public const string Accuracy = "accuracy";

    /// <summary>The mean of −ln p(label).</summary>
    public const string LogLoss = "log_loss";

    /// <summary>The mean squared distance of the probabilities from the truth, summed over classes.</summary>
    public const string Brier = "brier";

    /// <summary>The mean of the classes' F1.</summary>
    public const string MacroF1 = "macro_f1";

    /// <summary>Top-label expected calibration error, equal-width bins.</summary>
    public const string Ece = "ece";

    /// <summary>Top-label expected calibration error, bins of equal count.</summary>
    public const string EceEqualMass = "ece_equal_mass";

    /// <summary>Expected calibration error of each class's own probability, averaged.</summary>
    public const string ClasswiseEce = "classwise_ece";

    /// <summary>Debiased squared calibration error; can be negative.</summary>
    public const string L2DebiasedSquared = "l2_debiased_squared";

    /// <summary>Smooth calibration error: no bins.</summary>
    public const string SmoothEce = "smooth_ece";

    /// <summary>Kolmogorov–Smirnov calibration error.</summary>
    public const string Ks = "ks";

    /// <summary>Area under the risk–coverage curve.</summary>
    public const string Aurc = "aurc";

    /// <summary>Area under the generalised risk–coverage curve.</summary>
    public const string Augrc = "augrc";
}
