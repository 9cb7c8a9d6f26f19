using Credence.Calibration.Scaling;
using Credence.Data;
using Credence.Data.Scores;

namespace Credence.Calibration.Selection;

/// <summary>softmax(W·ln p + b) with off-diagonal and intercept regularisation (ODIR): λ·Σ_{i≠j} W² + λ·Σ b² added to the mean log loss,
/// the diagonal free (M. Kull and others, Beyond Temperature Scaling: Obtaining Well-calibrated Multi-class Probabilities with Dirichlet
/// Calibration, 2019).</summary>
/// <remarks>λ is the value of 10⁻¹ … 10⁻⁵ with the lowest log loss over three folds of the rows, tried from the strongest down until the
/// loss rises.</remarks>
public static class DirichletCalibration
{
    internal const string Name = MatrixScaling.Dirichlet;
    private const int Folds = 3;
    private static readonly double[] Strengths = [1e-1, 1e-2, 1e-3, 1e-4, 1e-5];

    /// <summary>The entry in the registry of calibrators.</summary>
    internal static CalibrationMethod Entry { get; } = new(
        Name,
        "Dirichlet calibration",
        "A linear combination of all scores per class, off-diagonal weights shrunk to 0 (M. Kull and others, Dirichlet Calibration, 2019).",
        Fit,
        (saved, tensors, prefix) => MatrixScaling.Load(saved, tensors, prefix, isStructured: false));

    /// <summary>Fits the calibrator.</summary>
    /// <param name="logits">[n, K].</param>
    /// <param name="labels">n labels, none missing.</param>
    /// <param name="weights">n weights from 0 up, or none.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 uses one per core. The result does not depend on it.</param>
    /// <param name="cancellationToken">Cancels the fit.</param>
    /// <exception cref="ArgumentException">Lengths differ, a label is missing, or a logit is NaN or +∞.</exception>
    public static MatrixScaling Fit(
        Logits logits, Labels labels, ReadOnlySpan<double> weights = default, int maxThreads = 0,
            CancellationToken cancellationToken = default)
    {
        CalibrationRows.Check(logits, labels, weights, maxThreads);
        double[] rowWeights = weights.ToArray();
        double best = Strengths[0], least = double.PositiveInfinity;
        if (labels.Count >= 2 * Folds)
        {
            int[] foldOf = CalibrationFold.Dealt(labels.Count, Folds, new Numerics.Rng(1));
            CalibrationFold[] folds = CalibrationFold.All(logits, labels, weights, foldOf, Folds);
            foreach (double strength in Strengths)
            {
                double loss = Loss(folds, rowWeights, strength, maxThreads, cancellationToken);
                if (!(loss < least))
                    break;

                (best, least) = (strength, loss);
            }
        }

        return MatrixScaling.FitOdir(Name, logits, labels, weights, best, maxThreads, cancellationToken);
    }

    private static double Loss(
        CalibrationFold[] folds, double[] weights, double strength, int maxThreads, CancellationToken cancellationToken)
    {
        MatrixScaling Fit(Logits logits, Labels labels, ReadOnlySpan<double> rowWeights, int most, CancellationToken token) =>
            MatrixScaling.FitOdir(Name, logits, labels, rowWeights, strength, most, token);

        var losses = new double[folds.Sum(fold => fold.HeldRows)];
        foreach (CalibrationFold fold in folds)
            fold.AddLosses(fold.Fit(Fit, maxThreads, cancellationToken), 1, losses, maxThreads);

        return SelectionOutcome.Mean(losses, [], weights).Mean;
    }
}
