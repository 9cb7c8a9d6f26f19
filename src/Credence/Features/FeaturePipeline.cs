using System.Text.Json.Nodes;
using Credence.Data;
using Credence.Data.Columns;
using Credence.Features.Columns;
using Credence.Features.Matrices;
using Credence.Features.Options;
using Credence.Persistence;

namespace Credence.Features;

/// <summary>Turns the columns of a table into features: fitted once on the training rows, then applied unchanged to every
/// later row. Immutable.</summary>
public sealed class FeaturePipeline
{
    /// <summary>Below this fraction of non-zero features per row, the matrix is sparse.</summary>
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
            throw new InvalidDataException($"The columns give {width} features; the maximum is {int.MaxValue}.");

        Columns = (int)width;
        sparse = encoders.Sum(encoder => encoder.TypicalNonzeros) < SparseBelow * width;
    }

    /// <summary>The columns that the features come from.</summary>
    public IReadOnlyList<ColumnSchema> Inputs { get; }

    /// <summary>The number of features.</summary>
    public int Columns { get; }

    /// <summary>The features' names for a reader: "age", "workclass=Private", "word 'free'", "pixel 3,4".</summary>
    public IReadOnlyList<string> Names => names ??= [.. encoders.SelectMany(encoder => encoder.Names)];

    private string[]? names;

    /// <summary>What was left out in fitting, and why: one sentence each.</summary>
    public IReadOnlyList<string> LeftOut { get; }

    /// <summary>Fits a pipeline on training rows.</summary>
    /// <param name="table">The training rows' columns, without the label column.</param>
    /// <param name="labels">The training rows' classes, or null.</param>
    /// <param name="options">How columns become features.</param>
    /// <param name="progress">Receives each column.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="InvalidDataException">Every column is constant or unusable, or a number is infinite.</exception>
    public static FeaturePipeline Fit(
        Table table,
        Labels? labels = null,
        FeatureOptions? options = null,
        IProgress<FeatureProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(table);
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
            : throw new InvalidDataException($"No column distinguishes the {table.Rows} rows. {string.Join("; ", notes)}");
    }

    /// <summary>Whether supervised term weighting applies to some features.</summary>
    public bool CanWeigh => sparse && encoders.Any(encoder => encoder.SharedNorm is not null);

    /// <summary>Supervised weights of the text features, by each one's association with the label.</summary>
    /// <param name="features">The training rows' features by this pipeline without weights.</param>
    /// <param name="labels">The rows' classes.</param>
    /// <param name="counts">Whether a row is used: held-out rows must not be.</param>
    /// <param name="power">0 leaves features unchanged; 1 weights them by the square root of the divergence.</param>
    /// <exception cref="ArgumentException">The features are not of this pipeline, or there is not one label per row.</exception>
    public ColumnWeights Weigh(IFeatureMatrix features, Labels labels, Func<int, bool> counts, double power) =>
        features is SparseMatrix matrix && matrix.Columns == Columns && matrix.Rows == labels.Count
            ? ColumnWeights.Compute(matrix, labels, counts, power, Spans())
            : throw new ArgumentException(
                $"The matrix is {features.Rows} × {features.Columns}; the pipeline makes sparse ones of {Columns} features, and there "
                    + $"are {labels.Count} labels.",
                nameof(features));

    /// <summary>The pipeline with weighted features.</summary>
    public FeaturePipeline With(ColumnWeights? factors) => new(encoders, [.. LeftOut], factors);

    /// <summary>The features of each column, in the order of <see cref="Inputs"/>.</summary>
    internal FeatureRun[] Runs()
    {
        var runs = new FeatureRun[encoders.Length];
        for (int i = 0, first = 0; i < runs.Length; first += encoders[i++].Width)
            runs[i] = new FeatureRun(first, encoders[i].Width);

        return runs;
    }

    /// <summary>The column that a feature comes from.</summary>
    /// <param name="feature">The feature's index, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such feature.</exception>
    public ColumnSchema InputOf(int feature)
    {
        int first = 0;
        foreach (IColumnEncoder encoder in encoders)
        {
            first += encoder.Width;
            if (feature >= 0 && feature < first)
                return encoder.Input;
        }

        throw new ArgumentOutOfRangeException(nameof(feature), feature, $"There are {Columns} features.");
    }

    /// <summary>The features as columns that a tree can split; null, with the reason, where a column has too many, mostly 0.</summary>
    internal SplitColumn[]? SplitColumns(out string? reason)
    {
        var columns = new List<SplitColumn>();
        int first = 0;
        foreach (IColumnEncoder encoder in encoders)
        {
            if (encoder.SplitColumns is not { } own)
            {
                reason = $"column '{encoder.Input.Name}' is {encoder.Input.Kind.ToString().ToLowerInvariant()}, "
                    + $"whose {encoder.Width} features suit a linear model";
                return null;
            }

            columns.AddRange(own.Select(column => column.After(first)));
            first += encoder.Width;
        }

        reason = null;
        return [.. columns];
    }

    /// <summary>Where the features lie in a picture; null, with the reason, where they are not those of one column of pictures.</summary>
    internal ImageGrid? Grid(out string? reason)
    {
        ImageGrid? grid = encoders is [{ Grid: { } only }] ? only : null;
        reason = grid is not null ? null : "it suits rows of one picture each, without other columns";
        return grid;
    }

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
    /// <param name="table">Columns are found by name: their order does not matter and other columns are ignored.</param>
    /// <param name="notes">Receives a note on each difference from the training rows.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The features don't depend on it.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>[rows, <see cref="Columns"/>], dense or sparse, whichever is cheaper.</returns>
    /// <exception cref="InvalidDataException">A required column is absent, a column has another shape, or a number is infinite.</exception>
    public IFeatureMatrix Apply(
        Table table, ICollection<string>? notes = null, int maxThreads = 0, CancellationToken cancellationToken = default) =>
        Encoded(Found(table, allowAbsentColumns: false, notes), table.Rows, maxThreads, cancellationToken);

    /// <summary>The features of rows, and what the rows' missing cells leave unknown in them; where that is allowed, a number, category or
    /// date column that is absent counts as missing in every row.</summary>
    internal IFeatureMatrix Apply(
        Table table, ICollection<string>? notes, int maxThreads, bool allowAbsentColumns, out MissingInputs missing,
        CancellationToken cancellationToken)
    {
        IColumn[] columns = Found(table, allowAbsentColumns, notes);
        missing = MissingInputs.Of(encoders, columns, table.Rows);
        return Encoded(columns, table.Rows, maxThreads, cancellationToken);
    }

    private IColumn[] Found(Table table, bool allowAbsentColumns, ICollection<string>? notes)
    {
        var columns = new IColumn[encoders.Length];
        for (int i = 0; i < columns.Length; i++)
            columns[i] = InputColumn.Find(table, encoders[i], Inputs, allowAbsentColumns, notes);

        return columns;
    }

    private IFeatureMatrix Encoded(IColumn[] columns, int rows, int maxThreads, CancellationToken cancellationToken)
    {
        if (!sparse)
            return MatrixWriter.Dense(encoders, columns, rows, Columns, maxThreads, cancellationToken);

        SparseMatrix features = MatrixWriter.Sparse(encoders, columns, rows, Columns, maxThreads, cancellationToken);
        return weights?.Apply(features) ?? features;
    }

    /// <summary>The pipeline as JSON; large arrays go to <paramref name="tensors"/> under <paramref name="prefix"/>.</summary>
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
    /// <exception cref="InvalidDataException">Something is missing or invalid.</exception>
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
