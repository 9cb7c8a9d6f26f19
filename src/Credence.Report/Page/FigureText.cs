using Credence.Evaluation;

namespace Credence.Report.Page;

/// <summary>How a figure is called and written for people.</summary>
public static class FigureText
{
    /// <summary>The figure's name in words.</summary>
    /// <param name="name">One of <see cref="FigureName"/>, or any other, which is taken as it is.</param>
    public static string Title(string name) => name switch
    {
        FigureName.Accuracy => "Accuracy",
        FigureName.LogLoss => "Log loss",
        FigureName.Brier => "Brier score",
        FigureName.MacroF1 => "Macro F1",
        FigureName.MicroF1 => "Micro F1",
        FigureName.Ece => "Calibration error (ECE)",
        FigureName.EceEqualMass => "Calibration error, equal-mass bins",
        FigureName.ClasswiseEce => "Calibration error, class by class",
        FigureName.L2DebiasedSquared => "Squared calibration error, debiased",
        FigureName.SmoothEce => "Calibration error, smooth",
        FigureName.Ks => "Calibration error, Kolmogorov–Smirnov",
        FigureName.Aurc => "Area under risk–coverage (AURC)",
        FigureName.Augrc => "Area under generalised risk–coverage (AUGRC)",
        FigureName.Spherical => "Spherical score",
        FigureName.Top3Accuracy => "Among the three most probable",
        FigureName.Top5Accuracy => "Among the five most probable",
        FigureName.Auroc => "Ranking (AUROC)",
        FigureName.AveragePrecision => "Average precision",
        FigureName.Mce => "Largest gap of a bin (MCE)",
        FigureName.Skce => "Squared kernel calibration error",
        FigureName.CorpMiscalibration => "Miscalibration, without bins",
        FigureName.CorpDiscrimination => "Discrimination, without bins",
        FigureName.CorpUncertainty => "Uncertainty, without bins",
        FigureName.LogLossCalibration => "Log loss a temperature would mend",
        FigureName.LogLossRefinement => "Log loss that is left",
        FigureName.BrierCalibration => "Brier score a temperature would mend",
        FigureName.BrierRefinement => "Brier score that is left",
        FigureName.RiskAtCoverage50 => "Wrong among the surest half",
        FigureName.RiskAtCoverage80 => "Wrong among the surest 80 %",
        FigureName.RiskAtCoverage90 => "Wrong among the surest 90 %",
        FigureName.CoverageAtRisk1 => "Can be answered with 1 % wrong",
        FigureName.CoverageAtRisk5 => "Can be answered with 5 % wrong",
        _ => Excerpt.Of(name, 60),
    };

    /// <summary>The figures worth a line of their own, in the order they are read: is it right, do the probabilities tell, can they be believed, what if
    /// only the surest are answered.</summary>
    public static IReadOnlyList<string> Main { get; } =
    [
        FigureName.Accuracy, FigureName.MacroF1, FigureName.MicroF1, FigureName.LogLoss, FigureName.Brier, FigureName.Auroc, FigureName.Ece, FigureName.SmoothEce, FigureName.ClasswiseEce,
        FigureName.RiskAtCoverage80, FigureName.CoverageAtRisk5, FigureName.Aurc,
    ];

    /// <summary>What to make of the figure, beside its value: its verdict without the value said again.</summary>
    public static string? Reading(FigureResult figure)
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
        FigureName.Accuracy or FigureName.MacroF1 or FigureName.MicroF1 or FigureName.Top3Accuracy or FigureName.Top5Accuracy or FigureName.RiskAtCoverage50
            or FigureName.RiskAtCoverage80 or FigureName.RiskAtCoverage90 or FigureName.CoverageAtRisk1 or FigureName.CoverageAtRisk5 => NumberText.Percent(value, 2),
        _ when double.IsPositiveInfinity(value) => "∞",
        _ => NumberText.Figure(value),
    };
}
