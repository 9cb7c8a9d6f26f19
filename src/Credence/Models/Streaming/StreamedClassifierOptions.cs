using Credence.Linear.Minibatch;
using Credence.Models.Learning;

namespace Credence.Models.Streaming;

/// <summary>How a classifier is made of rows that need not fit into memory.</summary>
public sealed record StreamedClassifierOptions
{
    /// <summary>Features, calibration, prediction sets, policy, seed and threads; the penalty is <see cref="ClassifierOptions.Lambda"/>, or else 1/rows.</summary>
    public ClassifierOptions Classifier { get; init; } = new();

    /// <summary>Steps and passes; penalty, seed and threads are those of <see cref="Classifier"/>.</summary>
    public MinibatchSoftmaxRegressionOptions Training { get; init; } = new();

    /// <summary>The part of the rows to measure on, 0 to below 1; no more than <see cref="MaxHeldOutRows"/> of them.</summary>
    public double TestFraction { get; init; } = 0.2;

    /// <summary>The part of the rows that calibrator and prediction sets are fitted on, above 0; no more than <see cref="MaxHeldOutRows"/> of them.</summary>
    public double CalibrationFraction { get; init; } = 0.1;

    /// <summary>The most rows that are held out of training.</summary>
    public int MaxHeldOutRows { get; init; } = 100_000;

    /// <summary>The most training rows that means, deviations, categories and vocabularies are learnt from.</summary>
    public int SampleRows { get; init; } = 100_000;

    /// <summary>Of two classes the one that counts as positive, which becomes the second; or null.</summary>
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
                $"The parts to measure on ({TestFraction}), to calibrate on ({CalibrationFraction}) and for prediction sets ({Classifier.ConformalFraction}) must be at least 0, the second above 0, and together below 1.");
        }

        if (MaxHeldOutRows < 20)
            throw new ArgumentException($"'{nameof(MaxHeldOutRows)}' is {MaxHeldOutRows}, must be at least 20.");
        if (SampleRows < 2)
            throw new ArgumentException($"'{nameof(SampleRows)}' is {SampleRows}, must be at least 2.");
        if (Classifier.FeatureOutliers is not null)
            throw new ArgumentException($"'{nameof(ClassifierOptions.FeatureOutliers)}' needs all rows in memory; of streamed rows take a score of the logits, '{nameof(ClassifierOptions.Outliers)}'.");
        if (Classifier.L1Ratio > 0)
            throw new ArgumentException($"'{nameof(ClassifierOptions.L1Ratio)}' is {Classifier.L1Ratio}; minibatches make no weight exactly 0, so it must be 0.");
    }
}
