using Credence.Linear.Minibatch;
using Credence.Models.Learning;

namespace Credence.Models.Streaming;

/// <summary>Options of training on rows that need not fit into memory.</summary>
public sealed record StreamedClassifierOptions
{
    /// <summary>Features, calibration, prediction sets, policy, seed and threads; the penalty is <see cref="ClassifierOptions.Lambda"/>, or
    /// 1/rows where that is null.</summary>
    public ClassifierOptions Classifier { get; init; } = new();

    /// <summary>Steps and passes; penalty, seed and threads are those of <see cref="Classifier"/>.</summary>
    public MinibatchSoftmaxRegressionOptions Training { get; init; } = new();

    /// <summary>The fraction of test rows, 0 to below 1; at most <see cref="MaxHeldOutRows"/> of them.</summary>
    public double TestFraction { get; init; } = 0.2;

    /// <summary>The fraction of rows that calibrator and prediction sets are fitted on, above 0; at most <see cref="MaxHeldOutRows"/> of
    /// them.</summary>
    public double CalibrationFraction { get; init; } = 0.1;

    /// <summary>The maximum number of rows in each held-out part.</summary>
    public int MaxHeldOutRows { get; init; } = 100_000;

    /// <summary>The maximum number of training rows that means, deviations, categories and vocabularies are fitted on.</summary>
    public int SampleRows { get; init; } = 100_000;

    /// <summary>The positive class of two, which becomes the second; or null.</summary>
    public string? Positive { get; init; }

    /// <exception cref="ArgumentException">A value is out of range.</exception>
    internal void Check()
    {
        Classifier.Check();
        Training.Check();
        double sum = TestFraction + CalibrationFraction + Classifier.ConformalFraction;
        if (!(TestFraction >= 0 && CalibrationFraction > 0 && sum < 1))
        {
            throw new ArgumentException(
                $"The fractions of rows for testing ({TestFraction}), calibration ({CalibrationFraction}) and prediction sets "
                    + $"({Classifier.ConformalFraction}) must be at least 0, the second above 0, and sum to below 1.");
        }

        if (MaxHeldOutRows < 20)
            throw new ArgumentException($"'{nameof(MaxHeldOutRows)}' is {MaxHeldOutRows}, must be at least 20.");
        if (SampleRows < 2)
            throw new ArgumentException($"'{nameof(SampleRows)}' is {SampleRows}, must be at least 2.");
        if (Classifier.FeatureOutliers is not null)
            throw new ArgumentException($"'{nameof(ClassifierOptions.FeatureOutliers)}' needs all rows in memory; for streamed rows use a "
                + $"score of the logits, '{nameof(ClassifierOptions.Outliers)}'.");
        if (Classifier.L1Ratio > 0)
            throw new ArgumentException($"'{nameof(ClassifierOptions.L1Ratio)}' is {Classifier.L1Ratio}; minibatch training supports no "
                + "L1 penalty, so it must be 0.");
    }
}
