using System.Text.Json.Nodes;
using Credence.Data;

namespace Credence.Features;

/// <summary>The columns of a table as numbers a learner can read: fitted once on training rows, then the same for every row
/// that comes. Immutable.</summary>
public sealed class FeaturePipeline
{
    /// <summary>A row with fewer than this part of its features other than zero is worth a sparse matrix.</summary>
    private const double SparseBelow = 0.1;

    private readonly IColumnEncoder[] encoders;
    private readonly bool sparse;

    private FeaturePipeline(IColumnEncoder[] encoders, string[] leftOut)
    {
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
            if (FitColumn(column, options, cancellationToken, out string? leftOut) is { } encoder)
                encoders.Add(encoder);

            if (leftOut is not null)
                notes.Add(leftOut);
        }

        return encoders.Count > 0
            ? new FeaturePipeline([.. encoders], [.. notes])
            : throw new InvalidDataException($"No column tells the {table.Rows} rows apart. {string.Join("; ", notes)}");
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

        return sparse
            ? MatrixWriter.Sparse(encoders, columns, table.Rows, Columns, threads, cancellationToken)
            : MatrixWriter.Dense(encoders, columns, table.Rows, Columns, threads, cancellationToken);
    }

    /// <summary>Describes the pipeline; what is too large for that goes to <paramref name="tensors"/> under <paramref name="prefix"/>.</summary>
    public JsonObject Save(NamedTensors tensors, string prefix) => new()
    {
        ["columns"] = new JsonArray([.. encoders.Select((encoder, i) => (JsonNode)encoder.Save(tensors, $"{prefix}{i}."))]),
        ["left_out"] = LeftOut.ToJson(),
    };

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Something is missing or can't be.</exception>
    public static FeaturePipeline Load(JsonObject saved, NamedTensors tensors, string prefix)
    {
        IColumnEncoder[] encoders = [.. saved.Objects("columns").Select((column, i) => LoadColumn(column, tensors, $"{prefix}{i}."))];
        if (encoders.Length == 0)
            throw new InvalidDataException("The model's description has no column.");

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (IColumnEncoder encoder in encoders)
        {
            if (!seen.Add(encoder.Input.Name))
                throw new InvalidDataException($"The model's description has column '{encoder.Input.Name}' twice.");
        }

        return new FeaturePipeline(encoders, saved.Texts("left_out"));
    }

    private static IColumnEncoder? FitColumn(IColumn column, FeatureOptions options, CancellationToken cancellationToken, out string? leftOut)
    {
        switch (column)
        {
            case NumberColumn numbers: return NumberEncoder.Fit(numbers, out leftOut);
            case CategoryColumn categories: return CategoryEncoder.Fit(categories, options, out leftOut);
            case DateColumn dates: return DateEncoder.Fit(dates, out leftOut);
            case TextColumn texts: return TextEncoder.Fit(texts, options.Text, options.Threads, cancellationToken, out leftOut);
            case VectorColumn vectors: return VectorEncoder.Fit(vectors, out leftOut);
            case ImageColumn images: return ImageEncoder.Fit(images, out leftOut);
            case AudioColumn clips: return AudioEncoder.Fit(clips, options.Audio, options.Threads, cancellationToken, out leftOut);
            default: throw new NotSupportedException($"Column '{column.Name}' is of kind {column.Kind}, for which there is no encoder.");
        }
    }

    private static IColumnEncoder LoadColumn(JsonObject saved, NamedTensors tensors, string prefix) => saved.Text("kind") switch
    {
        "number" => NumberEncoder.Load(saved),
        "category" => CategoryEncoder.Load(saved),
        "date" => DateEncoder.Load(saved),
        "text" => TextEncoder.Load(saved, tensors, prefix),
        "vector" => VectorEncoder.Load(saved, tensors, prefix),
        "image" => ImageEncoder.Load(saved, tensors, prefix),
        "audio" => AudioEncoder.Load(saved, tensors, prefix),
        string kind => throw new InvalidDataException($"The model's description has a column of kind '{kind}', which this version does not know."),
    };
}
