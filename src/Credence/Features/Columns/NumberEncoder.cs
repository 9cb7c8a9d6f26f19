using System.Globalization;
using System.Text.Json.Nodes;
using Credence.Data.Columns;
using Credence.Features.Matrices;
using Credence.Features.Options;
using Credence.Persistence;

namespace Credence.Features.Columns;

/// <summary>A standardised number, and a missing indicator where that occurred in training.</summary>
internal sealed class NumberEncoder : IColumnEncoder
{
    private const string Kind = "number";
    private readonly Standardizer? standardizer;
    private readonly bool markMissing;

    private NumberEncoder(string column, Standardizer? standardizer, bool markMissing)
    {
        this.standardizer = standardizer;
        this.markMissing = markMissing;
        Input = new ColumnSchema(column, ColumnKind.Number);
        var names = new List<string>();
        if (standardizer is not null)
            names.Add(column);

        if (markMissing)
            names.Add($"{column} is missing");

        Names = names;
    }

    /// <summary>The kind's entry in <see cref="ColumnEncodings"/>.</summary>
    public static ColumnEncoding Encoding { get; } = new(
        ColumnKind.Number,
        Kind,
        "numbers",
        (IColumn column, FeatureOptions _, CancellationToken _, out string? leftOut) => Fit((NumberColumn)column, out leftOut),
        (saved, _, _) => Load(saved));

    public ColumnSchema Input { get; }

    public IReadOnlyList<string> Names { get; }

    public int Width => Names.Count;

    public bool HidesMissing => !markMissing;

    public IReadOnlyList<SplitColumn> SplitColumns => [SplitColumn.Number(0, Width > 1 ? 1 : -1)];

    public double TypicalNonzeros => standardizer is null ? 0 : 1;

    /// <summary>Fits the encoder; null, with the reason, where the column has no usable variation.</summary>
    public static NumberEncoder? Fit(NumberColumn column, out string? leftOut)
    {
        int missing = 0;
        foreach (double value in column.Values)
            missing += double.IsNaN(value) ? 1 : 0;

        Standardizer? standardizer = Standardizer.Fit(column.Name, column.Values);
        bool markMissing = missing > 0 && missing < column.Count;
        leftOut = standardizer is not null || markMissing ? null
            : missing == column.Count ? $"column '{column.Name}' is empty in every row: left out"
            : $"column '{column.Name}' is {column.Values[0]} in every row: left out";

        return leftOut is null ? new NumberEncoder(column.Name, standardizer, markMissing) : null;
    }

    public IColumn? Convert(IColumn column, out int failed)
    {
        static bool TryRead(string? text, out double number) =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

        double[]? numbers = WrittenCells.Read<double>(column, TryRead, double.NaN, out failed);
        return numbers is null ? null : new NumberColumn(column.Name, numbers);
    }

    public IColumn Missing(int rows)
    {
        var missing = new double[rows];
        Array.Fill(missing, double.NaN);
        return new NumberColumn(Input.Name, missing);
    }

    public RowEncoder Read(IColumn column)
    {
        var numbers = (NumberColumn)column;
        return (row, output) =>
        {
            double value = numbers.Values[row];
            Standardizer.CheckFinite(numbers.Name, row, value);
            int feature = 0;
            if (standardizer is { } fitted)
                output.Set(feature++, fitted.Apply(value));

            if (markMissing && double.IsNaN(value))
                output.Set(feature, 1);
        };
    }

    public JsonObject Save(NamedTensors tensors, string prefix)
    {
        var saved = new JsonObject { ["kind"] = Kind, ["column"] = Input.Name, ["missing"] = markMissing };
        if (standardizer is { } fitted)
        {
            saved["mean"] = fitted.Mean;
            saved["deviation"] = fitted.Deviation;
        }

        return saved;
    }

    public static NumberEncoder Load(JsonObject saved) => new(
        saved.Text("column"),
        saved["deviation"] is null ? null : Standardizer.Load(saved.Number("mean"), saved.Number("deviation")),
        saved.Flag("missing"));
}
