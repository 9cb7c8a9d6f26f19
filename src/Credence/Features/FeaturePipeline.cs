using System.Text.Json.Nodes;
using Credence.Data;
using Credence.Data.Columns;
using Credence.Features.Columns;
using Credence.Features.Matrices;
using Credence.Features.Options;
using Credence.Persistence;

namespace Credence.Features;

/// <summary>The columns of a table as numbers a learner can read: fitted once on training rows, then the same for every row
/// that comes. Immutable.</summary>
public sealed class FeaturePipeline
{
    /// <summary>A row with fewer than this part of its features other than zero is worth a sparse matrix.</summary>
    private const double SparseBelow = 0.1;

    private readonly IColumnEncoder[] encoders;
    private readonly ColumnWeights? weights;
    private readonly bool sparse;

    private FeaturePipeline(IColumnEncoder[] encoders, string[] leftOut, ColumnWeights? weights = null)
    {
        this.weights = weights;
        this.encoders = encoders;
        LeftOut = leftOut;
        Inputs = [.. encoders.Select(encoder => encoder.Input)];
        long width = encoders.Sum(encoder => (long)encoder.Width);
        if (width > int.MaxValue)
            throw new InvalidDataException($"The columns give {width} features; {int.MaxValue} are the most.");

        Columns = (int)width;
        sparse = encoders.Sum(encoder => encoder.TypicalNonzeros) < SparseBelow * width;
    }

    /// <summary>The columns the features are made of.</summary>
    public IReadOnlyList<ColumnSchema> Inputs { get; }

    /// <summary>The number of features.</summary>
    public int Columns { get; }

    /// <summary>The features' names, as a person reads them: "age", "workclass=Private", "word 'free'", "pixel 3,4".</summary>
    public IReadOnlyList<string> Names => names ??= [.. encoders.SelectMany(encoder => encoder.Names)];

    private string[]? names;

    /// <summary>What was left out when fitting, and why: a sentence each.</summary>
    public IReadOnlyList<string> LeftOut { get; }

    /// <summary>Fits a pipeline on training rows.</summary>
    /// <param name="table">The training rows' columns, without the label's.</param>
    /// <param name="labels">The training rows' classes, where there are any.</param>
    /// <param name="options">How columns become features.</param>
    /// <param name="progress">Told of each column.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="InvalidDataException">No column tells rows apart, or a number is infinite.</exception>
    public static FeaturePipeline Fit(
        Table table,
        Labels? labels = null,
        FeatureOptions? options = null,
        IProgress<FeatureProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        options ??= new FeatureOptions();
        options.Check();
        if (labels is not null && labels.Count != table.Rows)
            throw new ArgumentException($"'{nameof(labels)}' has {labels.Count} rows, the table {table.Rows}.", nameof(labels));

        var encoders = new List<IColumnEncoder>();
        var notes = new List<string>();
        for (int i = 0; i < table.Columns.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            IColumn column = table.Columns[i];
            progress?.Report(new FeatureProgress(column.Name, i, table.Columns.Count));
            if (ColumnEncodings.Of(column.Kind).Fit(column, options, cancellationToken, out string? leftOut) is { } encoder)
                encoders.Add(encoder);

            if (leftOut is not null)
                notes.Add(leftOut);
        }

        return encoders.Count > 0
            ? new FeaturePipeline([.. encoders], [.. notes])
            : throw new InvalidDataException($"No column tells the {table.Rows} rows apart. {string.Join("; ", notes)}");
    }

    /// <summary>Whether some features may be weighed by what they tell of the label.</summary>
    public bool CanWeigh => sparse && encoders.Any(encoder => encoder.SharedNorm is not null);

    /// <summary>Factors on the features of texts by what each tells of the label.</summary>
    /// <param name="features">What this pipeline, without weights, makes of the training rows.</param>
    /// <param name="labels">The rows' classes.</param>
    /// <param name="counts">Whether a row is looked at: held-out rows must not be.</param>
    /// <param name="power">0 leaves features as they are; 1 weighs them by the square root of what they tell.</param>
    /// <exception cref="ArgumentException">The features are not of this pipeline, or there is not a label for each row.</exception>
    public ColumnWeights Weigh(IFeatureMatrix features, Labels labels, Func<int, bool> counts, double power) =>
        features is SparseMatrix matrix && matrix.Columns == Columns && matrix.Rows == labels.Count
            ? ColumnWeights.Compute(matrix, labels, counts, power, Spans())
            : throw new ArgumentException(
                $"The matrix is {features.Rows} × {features.Columns}; the pipeline makes sparse ones of {Columns} features, and there are {labels.Count} labels.",
                nameof(features));

    /// <summary>The pipeline with its features weighed.</summary>
    public FeaturePipeline With(ColumnWeights? factors) => new(encoders, [.. LeftOut], factors);

    private FeatureSpan[] Spans()
    {
        var spans = new List<FeatureSpan>();
        int first = 0;
        foreach (IColumnEncoder encoder in encoders)
        {
            if (encoder.SharedNorm is { } norm)
                spans.Add(new FeatureSpan(first, encoder.Width, norm));
            first += encoder.Width;
        }

        return [.. spans];
    }

    /// <summary>The features of rows.</summary>
    /// <param name="table">Columns found by name: their order does not matter and others are passed over. A number, category or
    /// date column that is absent counts as missing in every row.</param>
    /// <param name="notes">Told, once each, what was unlike the training rows.</param>
    /// <param name="threads">Threads to use; 0 means one a processor. The features don't depend on it.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>[rows, <see cref="Columns"/>], dense or sparse as it pays.</returns>
    /// <exception cref="InvalidDataException">A column that can't be missing is, or is of another shape, or a number is infinite.</exception>
    public IFeatureMatrix Transform(Table table, ICollection<string>? notes = null, int threads = 0, CancellationToken cancellationToken = default)
    {
        var columns = new IColumn[encoders.Length];
        for (int i = 0; i < columns.Length; i++)
            columns[i] = InputColumn.Find(table, encoders[i], Inputs, notes);

        if (!sparse)
            return MatrixWriter.Dense(encoders, columns, table.Rows, Columns, threads, cancellationToken);

        SparseMatrix features = MatrixWriter.Sparse(encoders, columns, table.Rows, Columns, threads, cancellationToken);
        return weights?.Apply(features) ?? features;
    }

    /// <summary>Describes the pipeline; what is too large for that goes to <paramref name="tensors"/> under <paramref name="prefix"/>.</summary>
    public JsonObject Save(NamedTensors tensors, string prefix)
    {
        var saved = new JsonObject
        {
            ["columns"] = new JsonArray([.. encoders.Select((encoder, i) => (JsonNode)encoder.Save(tensors, $"{prefix}{i}."))]),
            ["left_out"] = LeftOut.ToJson(),
            ["weighed"] = weights is not null,
        };
        if (weights is not null)
            tensors.Add(prefix + "weights", weights.Factors);

        return saved;
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Something is missing or can't be.</exception>
    public static FeaturePipeline Load(JsonObject saved, NamedTensors tensors, string prefix)
    {
        IColumnEncoder[] encoders =
            [.. saved.Objects("columns").Select((column, i) => ColumnEncodings.Load(column, tensors, $"{prefix}{i}."))];
        if (encoders.Length == 0)
            throw new InvalidDataException("The model's description has no column.");

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (IColumnEncoder encoder in encoders)
        {
            if (!seen.Add(encoder.Input.Name))
                throw new InvalidDataException($"The model's description has column '{encoder.Input.Name}' twice.");
        }

        var pipeline = new FeaturePipeline(encoders, saved.Texts("left_out"));
        if (!saved.Flag("weighed"))
            return pipeline;

        float[] factors = tensors.Get<float>(prefix + "weights", pipeline.Columns);
        return Array.TrueForAll(factors, factor => factor >= 0 && float.IsFinite(factor))
            ? pipeline.With(new ColumnWeights(factors, pipeline.Spans()))
            : throw new InvalidDataException($"Tensor '{prefix}weights' has a factor that is not a finite number of at least 0.");
    }
}
