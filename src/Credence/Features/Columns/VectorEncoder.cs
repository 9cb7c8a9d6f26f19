using System.Text.Json.Nodes;
using Credence.Data.Columns;
using Credence.Features.Matrices;
using Credence.Features.Options;
using Credence.Persistence;

namespace Credence.Features.Columns;

/// <summary>A fixed number of numbers, each standardised; those equal in all training rows are left out. Missing values become the
/// mean.</summary>
internal sealed class VectorEncoder : IColumnEncoder
{
    private const string Kind = "vector";
    private readonly int[] kept;
    private readonly Standardizer[] standardizers;

    private VectorEncoder(string column, int width, int[] kept, Standardizer[] standardizers)
    {
        this.kept = kept;
        this.standardizers = standardizers;
        Input = new ColumnSchema(column, ColumnKind.Vector, [width]);
        Names = [.. kept.Select(element => $"{column} {element}")];
    }

    /// <summary>The kind's entry in <see cref="ColumnEncodings"/>.</summary>
    public static ColumnEncoding Encoding { get; } = new(
        ColumnKind.Vector,
        Kind,
        "vectors",
        (IColumn column, FeatureOptions _, CancellationToken _, out string? leftOut) => Fit((VectorColumn)column, out leftOut),
        Load);

    public ColumnSchema Input { get; }

    public IReadOnlyList<string> Names { get; }

    public int Width => kept.Length;

    public bool HidesMissing => true;

    public IReadOnlyList<SplitColumn> SplitColumns => SplitColumn.Numbers(Width);

    public double TypicalNonzeros => kept.Length;

    /// <summary>Fits the encoder; null, with the reason, where the column has no usable variation.</summary>
    public static VectorEncoder? Fit(VectorColumn column, out string? leftOut)
    {
        var kept = new List<int>();
        var standardizers = new List<Standardizer>();
        var element = new double[column.Count];
        for (int i = 0; i < column.Width; i++)
        {
            for (int row = 0; row < element.Length; row++)
                element[row] = column.Row(row)[i];

            if (Standardizer.Fit($"{column.Name} {i}", element) is { } fitted)
            {
                kept.Add(i);
                standardizers.Add(fitted);
            }
        }

        int constant = column.Width - kept.Count;
        leftOut = constant == 0 ? null
            : $"{constant} of the {column.Width} quantities of column '{column.Name}' are the same in every row: left out";
        return kept.Count == 0 ? null : new VectorEncoder(column.Name, column.Width, [.. kept], [.. standardizers]);
    }

    public IEnumerable<FeatureRun> Unknown(IColumn column, int row)
    {
        float[] values = ((VectorColumn)column).Row(row).ToArray();
        for (int feature = 0; feature < kept.Length; feature++)
        {
            if (float.IsNaN(values[kept[feature]]))
                yield return new FeatureRun(feature, 1);
        }
    }

    public RowEncoder Read(IColumn column)
    {
        var vectors = (VectorColumn)column;
        return (row, output) =>
        {
            ReadOnlySpan<float> values = vectors.Row(row);
            for (int feature = 0; feature < kept.Length; feature++)
            {
                float value = values[kept[feature]];
                Standardizer.CheckFinite(Names[feature], row, value);
                output.Set(feature, standardizers[feature].Apply(value));
            }
        };
    }

    public JsonObject Save(NamedTensors tensors, string prefix)
    {
        tensors.Add<int>($"{prefix}kept", kept);
        tensors.Add<double>($"{prefix}mean", standardizers.Select(s => s.Mean).ToArray());
        tensors.Add<double>($"{prefix}deviation", standardizers.Select(s => s.Deviation).ToArray());
        return new JsonObject { ["kind"] = Kind, ["column"] = Input.Name, ["width"] = Input.Shape[0] };
    }

    public static VectorEncoder Load(JsonObject saved, NamedTensors tensors, string prefix)
    {
        int width = saved.Integer("width", 1);
        int[] kept = KeptFeatures.Load(tensors, $"{prefix}kept", width);
        double[] mean = tensors.Get<double>($"{prefix}mean", kept.Length);
        double[] deviation = tensors.Get<double>($"{prefix}deviation", kept.Length);
        return new VectorEncoder(saved.Text("column"), width, kept, [.. mean.Zip(deviation, Standardizer.Load)]);
    }
}
