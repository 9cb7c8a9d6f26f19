namespace Credence.Evaluation.Metrics;

/// <summary>What exactly each figure is, in words: bins, scheme, norm, label mode, unit.</summary>
internal static class MetricDefinition
{
    /// <summary>The definition, and how the interval comes about where it is worth a word.</summary>
    public static string Of(string name, int bins) => Measured(name, bins) + name switch
    {
        MetricName.LogLoss or MetricName.Brier or MetricName.Spherical or MetricName.LogLossRefinement or MetricName.BrierRefinement =>
            "; interval of the mean by Hall's transformation (1992), even where rows are skewed",
        MetricName.MacroF1 or MetricName.Aurc or MetricName.Augrc => "; interval from each row's influence, by Hall's transformation (1992)",
        MetricName.RiskAtCoverage50 or MetricName.RiskAtCoverage80 or MetricName.RiskAtCoverage90 => "; Wilson's interval",
        MetricName.LogLossCalibration or MetricName.BrierCalibration => "; interval even on the root",
        _ => "",
    };

    /// <summary>The definition alone.</summary>
    public static string Measured(string name, int bins) => name switch
    {
        MetricName.Accuracy => "share of rows whose most probable class is the true one",
        MetricName.LogLoss => "mean of −ln p(label), in nats",
        MetricName.Brier => "mean over rows of Σ over classes (p − [class is label])²; 0 to 2",
        MetricName.MacroF1 => "mean F1 of the classes that are present or predicted",
        MetricName.Spherical => "mean of p(label) / square root of Σ over classes p²; 0 to 1, 1 is best",
        MetricName.Top3Accuracy => "share of rows whose true class is among the 3 most probable, expected over ties",
        MetricName.Top5Accuracy => "share of rows whose true class is among the 5 most probable, expected over ties",
        MetricName.Auroc => "mean over classes with rows of the area under the class's ROC curve against the rest, ties counted half; DeLong's interval",
        MetricName.AveragePrecision => "mean over classes with rows of Σ (recall gained)·precision over distinct thresholds, class against the rest; interval on the log-odds scale",
        MetricName.Mce => $"top label, {bins} equal-width bins (lo, hi], largest |confidence − accuracy| of a bin with rows; the interval is of all bins' exact intervals jointly, hence wide",
        MetricName.Skce => "all classes, no bins: squared kernel calibration error, kernel exp(−‖p − p′‖ / median distance), unbiased; can be negative",
        MetricName.CorpMiscalibration => "top label, no bins: what isotonic recalibration, fitted on these rows, takes off the Brier score of right or wrong",
        MetricName.CorpDiscrimination => "top label: the recalibrated confidence's gain in Brier score over always saying the accuracy",
        MetricName.CorpUncertainty => "top label: accuracy·(1 − accuracy), the Brier score of always saying the accuracy",
        MetricName.LogLossCalibration => "all classes: what the best temperature, fitted on these rows, takes off the log loss",
        MetricName.LogLossRefinement => "all classes: the log loss at the best temperature, fitted on these rows",
        MetricName.BrierCalibration => "all classes: what the temperature of least log loss, fitted on these rows, takes off the Brier score",
        MetricName.BrierRefinement => "all classes: the Brier score at the temperature of least log loss, fitted on these rows",
        MetricName.RiskAtCoverage50 => "share of errors among the surest 50 % of rows, expected over ties",
        MetricName.RiskAtCoverage80 => "share of errors among the surest 80 % of rows, expected over ties",
        MetricName.RiskAtCoverage90 => "share of errors among the surest 90 % of rows, expected over ties",
        MetricName.CoverageAtRisk1 => "largest share of rows, the surest first, of which at most 1 % are wrong, expected over ties; interval from exact tests of the risk at each coverage",
        MetricName.CoverageAtRisk5 => "largest share of rows, the surest first, of which at most 5 % are wrong, expected over ties; interval from exact tests of the risk at each coverage",
        MetricName.Ece => $"top label, {bins} equal-width bins (lo, hi], 0 in the first, mean |confidence − accuracy| weighted by rows",
        MetricName.EceEqualMass => $"top label, at most {bins} bins of equal count with equal confidences kept together, mean |confidence − accuracy|",
        MetricName.ClasswiseEce => $"mean over classes of the class's own |probability − frequency| in {bins} equal-width bins (lo, hi]",
        MetricName.L2DebiasedSquared => $"top label, at most {bins} bins of equal count, squared gap less its bias, bins of one row left out; can be negative",
        MetricName.SmoothEce => "top label, no bins: gaps smoothed by a reflected Gaussian as wide as the figure itself",
        MetricName.Ks => "top label, largest |sum of confidence − correct| over the least sure rows, as a share of all rows",
        MetricName.Aurc => "mean share of errors among the i surest rows, i = 1 … n, expected over ties",
        MetricName.Augrc => "mean over i = 1 … n of errors among the i surest rows as a share of all rows, expected over ties",
        _ => throw new ArgumentException($"There is no figure '{name}'.", nameof(name)),
    };
}
