using System.Globalization;
namespace Credence.Linear.Minibatch;

/// <summary>Options of softmax regression by minibatches.</summary>
public sealed record MinibatchSoftmaxRegressionOptions
{
    /// <summary>The minimum number of rows that the default number of epochs visits.</summary>
    private const long LeastRowsSeen = 4_000_000;

    private const int FewestEpochs = 2, MostEpochs = 100;

    /// <summary>The optimizer.</summary>
    public MinibatchOptimizer Optimizer { get; init; } = MinibatchOptimizer.AdamW;

    /// <summary>Passes over the rows; null makes enough of them to visit 4 million rows, from 2 to 100.</summary>
    public int? Epochs { get; init; }

    /// <summary>The initial step size; it decreases linearly to 0. Null takes 0.05 for AdamW, and for SGD 2.5 divided by
    /// 1 + the mean of ‖x‖², half of which bounds the curvature (D. Böhning, 1992).</summary>
    public double? StepSize { get; init; }

    /// <summary>λ ≥ 0, the strength of the penalty λ/2·‖W‖²; null takes 1/rows.</summary>
    public double? Lambda { get; init; }

    /// <summary>δ ≥ 0, AdamW's decoupled weight decay, in addition to the penalty; above 0 the fit does not converge to J's
    /// minimum.</summary>
    public double WeightDecay { get; init; }

    /// <summary>The number of rows per step.</summary>
    public int BatchRows { get; init; } = 256;

    /// <summary>The number of rows held in memory and shuffled at a time.</summary>
    public int BufferRows { get; init; } = 1 << 16;

    /// <summary>The maximum number of rows between two checkpoints.</summary>
    public long CheckpointRows { get; init; } = 1_000_000;

    /// <summary>The seed of the shuffling.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The maximum number of threads; 0 for one per core. The result does not depend on it.</summary>
    public int MaxThreads { get; init; }

    /// <summary>The number of passes for a number of rows.</summary>
    internal int EpochsOf(long rows) => Epochs ?? (int)Math.Clamp((LeastRowsSeen + rows - 1) / Math.Max(1, rows), FewestEpochs, MostEpochs);

    /// <summary>λ for a number of rows.</summary>
    internal double LambdaOf(long rows) => Lambda ?? 1.0 / rows;

    /// <summary>A description of all settings that the result depends on.</summary>
    internal string Describe(long rows) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Optimizer}, {EpochsOf(rows)} epochs, step {Step}, l2 {LambdaOf(rows):R}, decay {WeightDecay:R}, ")
        + string.Create(CultureInfo.InvariantCulture, $"{BatchRows} rows a step, {BufferRows} rows shuffled, seed {Seed}");

    private string Step => StepSize?.ToString("R", CultureInfo.InvariantCulture) ?? "auto";

    /// <exception cref="ArgumentException">A value is out of range.</exception>
    internal void Check()
    {
        if (Epochs is < 1)
            throw new ArgumentException($"'{nameof(Epochs)}' is {Epochs}, must be at least 1.", nameof(Epochs));
        if (StepSize is { } step && !(step > 0 && double.IsFinite(step)))
            throw new ArgumentException($"'{nameof(StepSize)}' is {step}, must be a finite number above 0.", nameof(StepSize));
        if (Lambda is { } l2 && !(l2 >= 0 && double.IsFinite(l2)))
            throw new ArgumentException($"'{nameof(Lambda)}' is {l2}, must be a finite number of at least 0.", nameof(Lambda));
        if (!(WeightDecay >= 0 && double.IsFinite(WeightDecay)))
            throw new ArgumentException($"'{nameof(WeightDecay)}' is {WeightDecay}, must be a finite number of at least 0.",
                nameof(WeightDecay));
        if (BatchRows < 1)
            throw new ArgumentException($"'{nameof(BatchRows)}' is {BatchRows}, must be at least 1.", nameof(BatchRows));
        if (BufferRows < BatchRows)
            throw new ArgumentException($"'{nameof(BufferRows)}' is {BufferRows}, must be at least the {BatchRows} rows of a step.",
                nameof(BufferRows));
        if (CheckpointRows < 1)
            throw new ArgumentException($"'{nameof(CheckpointRows)}' is {CheckpointRows}, must be at least 1.", nameof(CheckpointRows));
        if (MaxThreads < 0)
            throw new ArgumentException($"'{nameof(MaxThreads)}' is {MaxThreads}, must be at least 0; 0 means one per core.",
                nameof(MaxThreads));
    }
}
