namespace Credence.Evaluation.Results;

/// <summary>The names of the metrics, the same in every output.</summary>
public static class MetricName
{
    /// <summary>The share of rows whose most probable class is the true one.</summary>
    public const string Accuracy = "accuracy";

    /// <summary>The mean of −ln p(label).</summary>
    public const string LogLoss = "log_loss";

    /// <summary>The mean squared distance of the probabilities from the truth, summed over classes.</summary>
    public const string Brier = "brier";

    /// <summary>The mean of the classes' F1.</summary>
    public const string MacroF1 = "macro_f1";

    /// <summary>For rows with several labels: the F1 over all rows and classes together.</summary>
    public const string MicroF1 = "micro_f1";

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

    /// <summary>The mean spherical score; 1 is best.</summary>
    public const string Spherical = "spherical";

    /// <summary>The share of rows whose true class is among the three most probable.</summary>
    public const string Top3Accuracy = "top_3_accuracy";

    /// <summary>The share of rows whose true class is among the five most probable.</summary>
    public const string Top5Accuracy = "top_5_accuracy";

    /// <summary>Area under the ROC curve of each class against the rest, averaged.</summary>
    public const string Auroc = "auroc";

    /// <summary>Average precision of each class against the rest, averaged.</summary>
    public const string AveragePrecision = "average_precision";

    /// <summary>The largest gap of an equal-width bin.</summary>
    public const string Mce = "mce";

    /// <summary>Squared kernel calibration error, all classes at once; can be negative.</summary>
    public const string Skce = "skce";

    /// <summary>The reduction of the top label's Brier score by isotonic recalibration.</summary>
    public const string CorpMiscalibration = "corp_miscalibration";

    /// <summary>How well the recalibrated top-label confidence discriminates right from wrong predictions.</summary>
    public const string CorpDiscrimination = "corp_discrimination";

    /// <summary>The Brier score of always predicting the accuracy.</summary>
    public const string CorpUncertainty = "corp_uncertainty";

    /// <summary>The reduction of the log loss by the best temperature.</summary>
    public const string LogLossCalibration = "log_loss_calibration";

    /// <summary>The log loss at the best temperature.</summary>
    public const string LogLossRefinement = "log_loss_refinement";

    /// <summary>The reduction of the Brier score by the temperature of least Brier score.</summary>
    public const string BrierCalibration = "brier_calibration";

    /// <summary>The Brier score at that temperature.</summary>
    public const string BrierRefinement = "brier_refinement";

    /// <summary>The error rate of the most confident half.</summary>
    public const string RiskAtCoverage50 = "risk_at_coverage_50";

    /// <summary>The error rate of the 80 % most confident rows.</summary>
    public const string RiskAtCoverage80 = "risk_at_coverage_80";

    /// <summary>The error rate of the 90 % most confident rows.</summary>
    public const string RiskAtCoverage90 = "risk_at_coverage_90";

    /// <summary>The largest coverage with an error rate of at most 1 %.</summary>
    public const string CoverageAtRisk1 = "coverage_at_risk_1";

    /// <summary>The largest coverage with an error rate of at most 5 %.</summary>
    public const string CoverageAtRisk5 = "coverage_at_risk_5";
}
