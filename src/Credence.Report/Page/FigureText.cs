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
        FigureName.Ece => "Calibration error (ECE)",
        FigureName.EceEqualMass => "Calibration error, equal-mass bins",
        FigureName.ClasswiseEce => "Calibration error, class by class",
        FigureName.L2DebiasedSquared => "Squared calibration error, debiased",
        FigureName.SmoothEce => "Calibration error, smooth",
        FigureName.Ks => "Calibration error, Kolmogorov–Smirnov",
        FigureName.Aurc => "Area under risk–coverage (AURC)",
        FigureName.Augrc => "Area under generalised risk–coverage (AUGRC)",
        _ => name,
    };

    /// <summary>A value of the figure: shares in percent, all else as a number.</summary>
    public static string Value(string name, double value) => name switch
    {
        FigureName.Accuracy or FigureName.MacroF1 => NumberText.Percent(value, 2),
        _ when double.IsPositiveInfinity(value) => "∞",
        _ => NumberText.Figure(value),
    };
}
