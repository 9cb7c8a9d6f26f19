using System.Text.Json.Nodes;
using Credence.Data.Scores;
using Credence.Features.Matrices;
using Credence.LogitModels;
using Credence.Numerics;
using Credence.Persistence;
using Credence.Threading;

namespace Credence.Boosting;

/// <summary>Boosted trees: each logit is a base plus the sum of one leaf of each of its trees. For two classes one sum s gives both,
/// −s/2 and s/2.</summary>
public sealed class TreeModel : ILogitModel
{
    internal const string KindName = "trees";
    private const int RowsPerChunk = 128;

    private readonly SplitColumn[] columns;
    private readonly double[] start;
    private readonly SplitInputs inputs;
    private readonly TreeScorer scorer;

    internal TreeModel(int features, int classes, SplitColumn[] columns, double[] start, TreeNodes nodes)
    {
        Features = features;
        Classes = classes;
        this.columns = columns;
        this.start = start;
        Nodes = nodes;
        inputs = new SplitInputs(columns, features);
        scorer = new TreeScorer(nodes, columns, start.Length);
    }

    /// <inheritdoc/>
    public string Kind => KindName;

    /// <inheritdoc/>
    public int Features { get; }

    /// <inheritdoc/>
    public int Classes { get; }

    /// <inheritdoc/>
    public LogitMeaning Meaning => LogitMeaning.Softmax;

    /// <summary>The number of trees.</summary>
    public int Trees => Nodes.Trees;

    /// <summary>The number of rounds; each added a tree for each class, or one for two classes.</summary>
    public int Rounds => Nodes.Trees / start.Length;

    /// <summary>The number of leaves of all trees.</summary>
    public int Leaves => Enumerable.Range(0, Trees).Sum(Nodes.Leaves);

    /// <summary>The number of splits on the longest way from a root to a leaf.</summary>
    public int Depth => Enumerable.Range(0, Trees).Select(Nodes.Depth).DefaultIfEmpty().Max();

    /// <summary>The number of columns: a category is one, however many features it has.</summary>
    public int Columns => columns.Length;

    /// <summary>The number of bins that the trees tell apart in the number that has the most; 1 where they split only
    /// categories.</summary>
    public int Bins => scorer.Bins;

    internal TreeNodes Nodes { get; }

    /// <inheritdoc/>
    public Logits Score(IFeatureMatrix features, int maxThreads = 0, CancellationToken cancellationToken = default)
    {
        var logits = LargeArray.Uninitialized<double>(checked(features.Rows * Classes));
        Pieces.For(
            Chunks.Count(features.Rows, RowsPerChunk),
            maxThreads,
            chunk =>
            {
                int from = chunk * RowsPerChunk, rows = Math.Min(RowsPerChunk, features.Rows - from), outputs = start.Length;
                Span<float> values = new float[rows * columns.Length];
                inputs.Read(features, from, from + rows, values);
                Span<double> into = logits.AsSpan(from * Classes, rows * Classes), sums = outputs == 1 ? new double[rows] : into;
                for (int i = 0; i < sums.Length; i++)
                    sums[i] = start[i % outputs];

                scorer.Add(values, rows, sums);
                for (int row = 0; outputs == 1 && row < rows; row++)
                    (into[2 * row], into[(2 * row) + 1]) = (-sums[row] / 2, sums[row] / 2);
            },
            cancellationToken);
        return new Logits(logits, Classes);
    }

    /// <summary>What each column of one row contributes to the difference of two classes' logits: its Shapley value where unknown columns
    /// are averaged over the training rows that took each way (S. Lundberg and others, Consistent Individualized Feature Attribution for
    /// Tree Ensembles, 2018, path-dependent). The time grows with the leaves and with the square of the depth.</summary>
    /// <inheritdoc/>
    public LogitContributions Contributions(IFeatureMatrix row, int label, int against)
    {
        if (row.Rows != 1)
            throw new ArgumentException($"'{nameof(row)}' is {row.Rows} rows, must be one.", nameof(row));

        var values = new float[columns.Length];
        inputs.Read(row, 0, 1, values);
        var sums = new double[columns.Length];
        double expected;
        if (start.Length == 1)
        {
            double sign = label == against ? 0 : label == 1 ? 1 : -1;
            expected = sign * (start[0] + TreeContributions.Add(Nodes, columns, 1, 0, values, sign, sums));
        }
        else
        {
            expected = start[label] - start[against]
                + TreeContributions.Add(Nodes, columns, start.Length, label, values, 1, sums)
                - TreeContributions.Add(Nodes, columns, start.Length, against, values, -1, sums);
        }

        var terms = new List<(int Feature, float Value, double LogOdds)>();
        for (int c = 0; c < sums.Length; c++)
        {
            if (sums[c] != 0)
                terms.Add(Term(columns[c], values[c], sums[c]));
        }

        return new LogitContributions(expected, terms);
    }

    /// <summary>Writes the trees as tensors under a prefix.</summary>
    /// <inheritdoc/>
    public JsonObject Save(NamedTensors tensors, string prefix)
    {
        tensors.Add<int>(
            prefix + "columns",
            [.. columns.SelectMany(column => new[] { column.First, column.Count, column.Missing, column.IsCategory ? 1 : 0 })],
            columns.Length, 4);
        tensors.Add<double>(prefix + "base", start);
        Nodes.Save(tensors, prefix);
        return new JsonObject { ["kind"] = Kind, ["features"] = Features, ["classes"] = Classes, ["trees"] = Trees };
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Something is missing or of the wrong kind, or the nodes are not trees.</exception>
    public static TreeModel Load(JsonObject saved, NamedTensors tensors, string prefix)
    {
        int features = saved.Integer("features", 1), classes = saved.Integer("classes", 2), trees = saved.Integer("trees");
        int outputs = classes == 2 ? 1 : classes;
        double[] start = tensors.Get<double>(prefix + "base", outputs);
        if (trees % outputs != 0 || start.Any(value => !double.IsFinite(value)))
            throw new InvalidDataException($"The model has {trees} trees for {outputs} sums, or a base that is not finite.");

        SplitColumn[] columns = LoadColumns(tensors.Get<int>(prefix + "columns"), features);
        return new TreeModel(features, classes, columns, start, TreeNodes.Load(tensors, prefix, trees, columns));
    }

    private static SplitColumn[] LoadColumns(int[] saved, int features)
    {
        var columns = new SplitColumn[saved.Length / 4];
        for (int c = 0; c < columns.Length; c++)
        {
            (int first, int count, int missing, int category) = (saved[4 * c], saved[(4 * c) + 1], saved[(4 * c) + 2], saved[(4 * c) + 3]);
            if (first < 0 || count < 1 || count > features - first || missing < -1 || missing >= features || category is not (0 or 1)
                || (category == 0 && count != 1))
                throw new InvalidDataException($"The model has column {c} with features outside its {features}.");

            columns[c] = new SplitColumn(first, count, missing, category == 1);
        }

        try
        {
            _ = new SplitInputs(columns, features);
        }
        catch (ArgumentException error)
        {
            throw new InvalidDataException($"The model's columns share a feature: {error.Message}", error);
        }

        return columns;
    }

    private static (int Feature, float Value, double LogOdds) Term(SplitColumn column, float value, double logOdds) =>
        column.IsCategory
            ? value < 0 ? (column.First, 0, logOdds) : (column.First + (int)value, 1, logOdds)
            : float.IsNaN(value) ? (column.Missing, 1, logOdds) : (column.First, value, logOdds);
}
