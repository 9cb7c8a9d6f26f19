namespace Credence.Evaluation;

/// <summary>What exactly each figure is, in words: bins, scheme, norm, label mode, unit.</summary>
internal static class FigureDefinition
{
    public static string Of(string name, int bins) => name switch
    {
        FigureName.Accuracy => "share of rows whose most probable class is the true one",
        FigureName.LogLoss => "mean of −ln p(label), in nats",
        FigureName.Brier => "mean over rows of Σ over classes (p − [class is label])²; 0 to 2",
        FigureName.MacroF1 => "mean F1 of the classes that are present or predicted",
        FigureName.Ece => $"top label, {bins} equal-width bins (lo, hi], 0 in the first, mean |confidence − accuracy| weighted by rows",
        FigureName.EceEqualMass => $"top label, at most {bins} bins of equal count with equal confidences kept together, mean |confidence − accuracy|",
        FigureName.ClasswiseEce => $"mean over classes of the class's own |probability − frequency| in {bins} equal-width bins (lo, hi]",
        FigureName.L2DebiasedSquared => $"top label, at most {bins} bins of equal count, squared gap less its bias, bins of one row left out; can be negative",
        FigureName.SmoothEce => "top label, no bins: gaps smoothed by a reflected Gaussian as wide as the figure itself",
        FigureName.Ks => "top label, largest |sum of confidence − correct| over the least sure rows, as a share of all rows",
        FigureName.Aurc => "mean share of errors among the i surest rows, i = 1 … n, expected over ties",
        FigureName.Augrc => "mean over i = 1 … n of errors among the i surest rows as a share of all rows, expected over ties",
        _ => throw new ArgumentException($"There is no figure '{name}'.", nameof(name)),
    };
}
