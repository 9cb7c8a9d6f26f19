using Credence.Boosting;
using Credence.Calibration.Selection;
using Credence.Conformal;
using Credence.Data;
using Credence.Decisions;
using Credence.Features.Options;
using Credence.Linear.Path;
using Credence.LogitModels;
using Credence.Networks;
using Credence.Networks.Training;
using Credence.OutOfDistribution;
using Credence.Shift;

namespace Credence.Models.Learning;

/// <summary>Options of training a classifier. The defaults suit any data.</summary>
public sealed record ClassifierOptions
{
    private const int FewestRowsOfTrees = 200;
    private const long MostTreeWork = 60_000_000_000;

    /// <summary>How columns become features.</summary>
    public FeatureOptions Features { get; init; } = new();

    /// <summary>The strength of the penalty; null chooses it by cross-validation.</summary>
    public double? Lambda { get; init; }

    /// <summary>ρ, 0 to 1, the L1 fraction of the penalty: above 0, weights of uninformative features are exactly 0.</summary>
    public double L1Ratio { get; init; }

    /// <summary>The number of folds for out-of-fold scores, by which the penalty is chosen and the calibrator and prediction sets are
    /// fitted. Null takes 5, or
    /// 10 below 1,000 rows, so that a fold's model is trained on most of them.</summary>
    public int? Folds { get; init; }

    /// <summary>What rows equal in all columns are: copies stay in one fold, a population's rows do not. By default the data decide, unless
    /// the data set says so (<see cref="DataSet.Repeats"/>).</summary>
    public RepeatedRows Repeats { get; init; }

    /// <summary>How the logits are calibrated.</summary>
    public CalibratorSelectionOptions Calibration { get; init; } = new();

    /// <summary>Whether to calibrate at all.</summary>
    public bool Calibrate { get; init; } = true;

    /// <summary>The prediction sets' α and score.</summary>
    public ConformalOptions Sets { get; init; } = new();

    /// <summary>The policy that decides when to answer and which action to take; by default it always answers.</summary>
    public PolicyOptions Policy { get; init; } = new();

    /// <summary>How the class prior of new rows is estimated.</summary>
    public LabelShiftMethod Shift { get; init; }

    /// <summary>The score that detects out-of-distribution rows by their logits; null fits none.</summary>
    public LogitScore? Outliers { get; init; }

    /// <summary>The score that detects them by their features, at most 1,024; null fits none. Excludes <see cref="Outliers"/>.</summary>
    public FeatureScore? FeatureOutliers { get; init; }

    /// <summary>The fraction of rows used only for the sets' quantile, which makes their guarantee exact; 0 uses
    /// the out-of-fold rows, and the guarantee is approximate.</summary>
    public double ConformalFraction { get; init; }

    /// <summary>Whether the model keeps features of up to 256 training rows, to average over where a cell is missing in a column that never
    /// missed in training; without them such rows abstain. The rows are training data: whoever has the model can read them.</summary>
    public bool StoreRows { get; init; } = true;

    /// <summary>The random seed.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The maximum number of threads; 0 for one per core. Results don't depend on it.</summary>
    public int MaxThreads { get; init; }

    /// <summary>The models that take part in the contest by out-of-fold log loss; <see cref="ModelName.Auto"/> stands for all.</summary>
    public IReadOnlyList<ModelName> Models { get; init; } = [ModelName.Linear];

    /// <summary>Options of boosted trees; null adapts them to the rows and bounds their work.</summary>
    public BoostedTreesOptions? Trees { get; init; }

    /// <summary>How networks are trained; null adapts it to the rows and bounds the work.</summary>
    public NetworkOptions? Network { get; init; }

    /// <summary>The learners that take part in the contest, the simplest first.</summary>
    internal ILogitLearner[] Learners()
    {
        bool isAuto = Models.Contains(ModelName.Auto), areAll = Models.All(model => model is ModelName.Auto or ModelName.Blend);
        var learners = new List<ILogitLearner>();
        if (areAll || Models.Contains(ModelName.Linear))
            learners.Add(new LinearLearner(Path, Features.Text.LabelPowers));

        if (areAll || Models.Contains(ModelName.Trees))
            learners.Add(new BoostedTreesLearner(Trees, Trees is null ? MostTreeWork : long.MaxValue, isAuto ? FewestRowsOfTrees : 0));

        if (Models.Contains(ModelName.Network))
            learners.Add(new NetworkLearner(new TableDesign(Network)));

        if (Models.Contains(ModelName.Cnn))
            learners.Add(new NetworkLearner(new ImageDesign(Network)));

        return [.. learners];
    }

    /// <summary>Whether a blend takes part: wherever there are several models.</summary>
    internal BlendEntry Blend =>
        Models is [ModelName.Blend] ? BlendEntry.Alone
        : Models.Count > 1 || Models.Contains(ModelName.Auto) ? BlendEntry.Candidate
        : BlendEntry.None;

    /// <summary>Options of the search for λ.</summary>
    internal RegularizationPathOptions Path =>
        new() { Strengths = Lambda is { } l2 ? [l2] : null, L1Ratio = L1Ratio, MaxThreads = MaxThreads };

    /// <summary>Options of choosing a calibrator on out-of-fold logits: rows of one group stay in one fold there too.</summary>
    internal CalibratorSelectionOptions CalibrationOf(DataSet rows, int[] folds) =>
        Calibration with { FoldOf = rows.Groups is null ? null : folds, MaxThreads = MaxThreads };

    /// <exception cref="ArgumentException">A value is out of range.</exception>
    internal void Check()
    {
        Policy.Check();
        Trees?.Check();
        Network?.Check();
        if (Models.Count == 0)
            throw new ArgumentException($"'{nameof(Models)}' is empty; it must name a model.", nameof(Models));

        if (Folds is < 2 or > 100)
            throw new ArgumentException($"'{nameof(Folds)}' is {Folds}; it must be from 2 to 100.", nameof(Folds));

        if (L1Ratio is not (>= 0 and <= 1))
            throw new ArgumentException($"'{nameof(L1Ratio)}' is {L1Ratio}; it must be from 0 to 1.", nameof(L1Ratio));

        if (Outliers is not null && FeatureOutliers is not null)
            throw new ArgumentException(
                $"'{nameof(Outliers)}' and '{nameof(FeatureOutliers)}' are both given; one score detects out-of-distribution rows.",
                nameof(FeatureOutliers));

        if (ConformalFraction is not (>= 0 and < 1))
        {
            throw new ArgumentException(
                $"'{nameof(ConformalFraction)}' is {ConformalFraction}; it must be from 0 to below 1.", nameof(ConformalFraction));
        }
    }
}
