using Credence.Evaluation.Metrics;
using Credence.Evaluation.Results;

namespace Credence.Report.Page;

/// <summary>How a figure is called and written for people.</summary>
public static class MetricText
{
    /// <summary>The figure's name in words.</summary>
    /// <param name="name">One of <see cref="MetricName"/>, or any other, which is taken as it is.</param>
    public static string Title(string name) => name switch
    {
        MetricName.Accuracy => "Accuracy",
        MetricName.LogLoss => "Log loss",
        MetricName.Brier => "Brier score",
        MetricName.MacroF1 => "Macro F1",
        MetricName.MicroF1 => "Micro F1",
        MetricName.Ece => "Calibration error (ECE)",
        MetricName.EceEqualMass => "Calibration error, equal-mass bins",
        MetricName.ClasswiseEce => "Calibration error, class by class",
        MetricName.L2DebiasedSquared => "Squared calibration error, debiased",
        MetricName.SmoothEce => "Calibration error, smooth",
        MetricName.Ks => "Calibration error, Kolmogorov–Smirnov",
        MetricName.Aurc => "Area under risk–coverage (AURC)",
        MetricName.Augrc => "Area under generalised risk–coverage (AUGRC)",
        MetricName.Spherical => "Spherical score",
        MetricName.Top3Accuracy => "Among the three most probable",
        MetricName.Top5Accuracy => "Among the five most probable",
        MetricName.Auroc => "Ranking (AUROC)",
        MetricName.AveragePrecision => "Average precision",
        MetricName.Mce => "Largest gap of a bin (MCE)",
        MetricName.Skce => "Squared kernel calibration error",
        MetricName.CorpMiscalibration => "Miscalibration, without bins",
        MetricName.CorpDiscrimination => "Discrimination, without bins",
        MetricName.CorpUncertainty => "Uncertainty, without bins",
        MetricName.LogLossCalibration => "Log loss a temperature would mend",
        MetricName.LogLossRefinement => "Log loss that is left",
        MetricName.BrierCalibration => "Brier score a temperature would mend",
        MetricName.BrierRefinement => "Brier score that is left",
        MetricName.RiskAtCoverage50 => "Wrong among the surest half",
        MetricName.RiskAtCoverage80 => "Wrong among the surest 80 %",
        MetricName.RiskAtCoverage90 => "Wrong among the surest 90 %",
        MetricName.CoverageAtRisk1 => "Can be answered with 1 % wrong",
        MetricName.CoverageAtRisk5 => "Can be answered with 5 % wrong",
        _ => Excerpt.Of(name, 60),
    };

    /// <summary>The figures worth a line of their own, in the order they are read: is it right, do the probabilities tell, can they be believed, what if
    /// only the surest are answered.</summary>
    public static IReadOnlyList<string> Main { get; } =
    [
        MetricName.Accuracy, MetricName.MacroF1, MetricName.MicroF1, MetricName.LogLoss, MetricName.Brier, MetricName.Auroc, MetricName.Ece, MetricName.SmoothEce, MetricName.ClasswiseEce,
        MetricName.RiskAtCoverage80, MetricName.CoverageAtRisk5, MetricName.Aurc,
    ];

    /// <summary>What to make of the figure, beside its value: its verdict without the value said again.</summary>
    public static string? Reading(MetricResult figure)
    {
        if (!figure.IsCalibrationError && figure.Null is { } none && double.IsFinite(figure.Value))
        {
            string range = $"{Value(figure.Name, none.Low)} to {Value(figure.Name, none.High)}";
            return figure.Verdict?.IsBetter switch
            {
                true => $"Better than the probabilities claim: they lead to expect {range}.",
                false => $"Worse than the probabilities claim: they lead to expect {range}.",
                null => $"As the probabilities claim: they lead to expect {range}.",
            };
        }

        return figure.Verdict?.Reading is { Length: > 0 } words ? $"{char.ToUpperInvariant(words[0])}{words[1..]}." : null;
    }

    /// <summary>A value of the figure: shares in percent, all else as a number.</summary>
    public static string Value(string name, double value) => name switch
    {
        MetricName.Accuracy or MetricName.MacroF1 or MetricName.MicroF1 or MetricName.Top3Accuracy or MetricName.Top5Accuracy or MetricName.RiskAtCoverage50
            or MetricName.RiskAtCoverage80 or MetricName.RiskAtCoverage90 or MetricName.CoverageAtRisk1 or MetricName.CoverageAtRisk5 => NumberText.Percent(value, 2),
        _ when double.IsPositiveInfinity(value) => "∞",
        _ => NumberText.Figure(value),
    };
}
