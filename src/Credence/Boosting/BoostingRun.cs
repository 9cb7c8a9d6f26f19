using System.Collections.Concurrent;
using Credence.Data;
using Credence.Numerics;

namespace Credence.Boosting;

/// <summary>Boosting in progress: the trees so far and the score of every row, of those held out too.</summary>
internal sealed class BoostingRun
{
    private readonly BinnedRows data;
    private readonly BoostedTreesOptions options;
    private readonly int[] labels, training, heldOut;
    private readonly double[] weights, trainingWeights, heldOutWeights, scores;
    private readonly double heldOutWeight, trainingWeight;
    private readonly RowGradients gradients;
    private readonly FixedPoint units;
    private readonly TreeWriter writer;
    private readonly Rng random;
    private readonly int maxThreads, outputs;
    private readonly ConcurrentBag<TreeGrower> idle = [];
    private readonly List<double> losses = [];
    private readonly TreeWriter[] grown;
    private readonly bool[] everyColumn;
    private readonly Action<int> grow;
    private int[] drawn, others;
    private Rng round;

    /// <param name="data">The rows, binned.</param>
    /// <param name="labels">The class of each row.</param>
    /// <param name="rowWeights">One weight per row, or null where all are 1.</param>
    /// <param name="isHeldOut">Whether a row is held out; null holds none out.</param>
    /// <param name="options">The options.</param>
    /// <param name="seed">The random seed.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core.</param>
    public BoostingRun(
        BinnedRows data, Labels labels, double[]? rowWeights, Func<int, bool>? isHeldOut, BoostedTreesOptions options, ulong seed,
        int maxThreads)
    {
        this.data = data;
        this.options = options;
        this.maxThreads = maxThreads;
        this.labels = labels.Indices.ToArray();
        outputs = labels.Classes == 2 ? 1 : labels.Classes;
        random = round = new Rng(seed);
        writer = new TreeWriter(data);
        grown = [.. Enumerable.Range(0, outputs).Select(_ => new TreeWriter(data))];
        everyColumn = [.. data.Columns.Select(_ => true)];
        grow = Grow;
        weights = rowWeights ?? [.. Enumerable.Repeat(1.0, data.Rows)];
        trainingWeights = [.. weights.Select((weight, row) => isHeldOut?.Invoke(row) == true ? 0 : weight)];
        heldOutWeights = [.. weights.Zip(trainingWeights, (weight, own) => weight - own)];
        heldOutWeight = heldOutWeights.Sum();
        training = [.. Enumerable.Range(0, data.Rows).Where(row => trainingWeights[row] > 0)];
        heldOut = [.. Enumerable.Range(0, data.Rows).Where(row => trainingWeights[row] == 0)];
        (drawn, others) = (training, heldOut);
        trainingWeight = trainingWeights.Sum();
        units = new FixedPoint(data.Rows, training.Length == 0 ? 1 : training.Max(row => trainingWeights[row]));
        Base = Prior(labels.Classes);
        scores = LargeArray.Uninitialized<double>(checked(data.Rows * outputs));
        for (int output = 0; output < outputs; output++)
            scores.AsSpan(output * data.Rows, data.Rows).Fill(Base[output]);

        gradients = new RowGradients(
            this.labels, outputs, scores, trainingWeights, heldOut, heldOutWeights, units, options.Curvature == RowCurvature.Exact,
            maxThreads);
    }

    /// <summary>The score of each output before the first tree.</summary>
    public double[] Base { get; }

    public int Rounds => losses.Count;

    /// <summary>The weighted sum of the held-out rows' log losses after each round.</summary>
    public IReadOnlyList<double> HeldOutLosses => losses;

    /// <summary>The mean log loss of the training rows before the last round.</summary>
    public double TrainingLoss { get; private set; }

    public double HeldOutWeight => heldOutWeight;

    public TreeNodes Trees() => writer.ToNodes();

    /// <summary>Adds a round.</summary>
    public void Advance(CancellationToken cancellationToken)
    {
        TrainingLoss = gradients.Compute() / trainingWeight;
        round = random.Split((ulong)Rounds);
        Draw();
        if (outputs == 1)
        {
            grow(0);
        }
        else
        {
            Chunks.For(outputs, maxThreads, grow, cancellationToken);
        }

        foreach (TreeWriter tree in grown)
            writer.Append(tree);

        losses.Add(heldOutWeight == 0 ? 0 : gradients.HeldOut());
    }

    private void Grow(int output)
    {
        TreeGrower grower = idle.TryTake(out TreeGrower? kept) ? kept
            : new TreeGrower(data, options, units, outputs == 1 ? maxThreads : 1);
        grown[output].Clear();
        grower.Grow(
            drawn, others, gradients.Of(output), Columns(output), grown[output], scores.AsSpan(output * data.Rows, data.Rows));
        idle.Add(grower);
    }

    private void Draw()
    {
        if (options.RowFraction == 1)
            return;

        var uniform = new double[training.Length];
        round.FillUniform(uniform);
        drawn = [.. training.Where((_, i) => uniform[i] < options.RowFraction)];
        others = [.. training.Where((_, i) => uniform[i] >= options.RowFraction), .. heldOut];
    }

    private bool[] Columns(int output)
    {
        int wanted = Math.Max(1, (int)Math.Round(everyColumn.Length * options.ColumnFraction));
        if (wanted == everyColumn.Length)
            return everyColumn;

        var allowed = new bool[everyColumn.Length];
        foreach (int column in round.Split((ulong)output + 1).Permutation(allowed.Length).AsSpan(0, wanted))
            allowed[column] = true;

        return allowed;
    }

    /// <summary>ln of each class's smoothed share of the training weight; for two classes, the log-odds of the second.</summary>
    private double[] Prior(int classes)
    {
        var shares = new double[classes];
        double mean = trainingWeights.Sum() / Math.Max(1, training.Length);
        Array.Fill(shares, mean / 2);
        foreach (int row in training)
            shares[labels[row]] += trainingWeights[row];

        double sum = shares.Sum();
        return classes == 2
            ? [Log.Compute(shares[1]) - Log.Compute(shares[0])]
            : [.. shares.Select(share => Log.Compute(share / sum))];
    }
}
