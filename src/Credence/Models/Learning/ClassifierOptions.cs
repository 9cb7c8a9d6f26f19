using Credence.Calibration.Selection;
using Credence.Conformal;
using Credence.Data;
using Credence.Decisions;
using Credence.Features.Options;
using Credence.Linear.Path;
using Credence.LogitModels;
using Credence.OutOfDistribution;
using Credence.Shift;

namespace Credence.Models.Learning;

/// <summary>How a classifier is made. The defaults are meant for any data.</summary>
public sealed record ClassifierOptions
{
    /// <summary>How columns become features.</summary>
    public FeatureOptions Features { get; init; } = new();

    /// <summary>The strength of the penalty; null chooses it by cross-validation.</summary>
    public double? Lambda { get; init; }

    /// <summary>ρ, 0 to 1, the part of the penalty that is ‖W‖₁: above 0 features that tell too little have weights of exactly 0.</summary>
    public double L1Ratio { get; init; }

    /// <summary>The folds that give held-out scores: for the choice of the penalty, for the calibrator and for the prediction sets. Null takes 5, and
    /// where there are fewer than 1,000 rows 10, since there a fold's model should miss few of them.</summary>
    public int? Folds { get; init; }

    /// <summary>How the logits are calibrated.</summary>
    public CalibratorSelectionOptions Calibration { get; init; } = new();

    /// <summary>Whether to calibrate at all.</summary>
    public bool Calibrate { get; init; } = true;

    /// <summary>The prediction sets' α and score.</summary>
    public ConformalOptions Sets { get; init; } = new();

    /// <summary>Whether to answer, and what to do; answers always by default.</summary>
    public PolicyOptions Policy { get; init; } = new();

    /// <summary>How the classes' shares among rows to come are estimated.</summary>
    public LabelShiftMethod Shift { get; init; }

    /// <summary>The score by which rows unlike all those seen are told, from their logits; null learns none.</summary>
    public LogitScore? Outliers { get; init; }

    /// <summary>The score by which they are told from their features, of which there may be at most 1,024; null learns none. Instead of <see cref="Outliers"/>, not beside it.</summary>
    public FeatureScore? FeatureOutliers { get; init; }

    /// <summary>The part of the rows that is held out of everything else for the sets' quantile, which makes their guarantee exact; 0 takes
    /// the out-of-fold rows and calls it approximate.</summary>
    public double ConformalFraction { get; init; }

    /// <summary>The seed of all chance.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The most threads to use; 0 for one a core. Results don't depend on it.</summary>
    public int MaxThreads { get; init; }

    /// <summary>The learners that take part in the contest, the simplest first.</summary>
    internal ILogitLearner[] Learners() => [new LinearLearner(Path, Features.Text.LabelPowers)];

    /// <summary>How the penalty's path is walked.</summary>
    internal RegularizationPathOptions Path => new() { Strengths = Lambda is { } l2 ? [l2] : null, L1Ratio = L1Ratio, MaxThreads = MaxThreads };

    /// <summary>How a calibrator is chosen on rows' out-of-fold logits: rows of one group stay in one fold there too.</summary>
    internal CalibratorSelectionOptions CalibrationOf(DataSet rows, int[] folds) => Calibration with { FoldOf = rows.Groups is null ? null : folds, MaxThreads = MaxThreads };

    /// <exception cref="ArgumentException">A value is out of range.</exception>
    internal void Check()
    {
        Policy.Check();
        if (Folds is < 2 or > 100)
            throw new ArgumentException($"'{nameof(Folds)}' is {Folds}; it must be from 2 to 100.", nameof(Folds));

        if (L1Ratio is not (>= 0 and <= 1))
            throw new ArgumentException($"'{nameof(L1Ratio)}' is {L1Ratio}; it must be from 0 to 1.", nameof(L1Ratio));

        if (Outliers is not null && FeatureOutliers is not null)
            throw new ArgumentException($"'{nameof(Outliers)}' and '{nameof(FeatureOutliers)}' are both given; one score detects out-of-distribution rows.", nameof(FeatureOutliers));

        if (ConformalFraction is not (>= 0 and < 1))
        {
            throw new ArgumentException(
                $"'{nameof(ConformalFraction)}' is {ConformalFraction}; it must be from 0 to below 1.", nameof(ConformalFraction));
        }
    }
}
