using System.Globalization;
using System.Text.Json.Nodes;
using Credence.Data.Columns;
using Credence.Features.Matrices;
using Credence.Features.Options;
using Credence.Persistence;

namespace Credence.Features.Columns;

/// <summary>A date as standardised days since 0001-01-01, and one-hot month, weekday and hour where they differ between
/// training rows; and a missing indicator where that occurred in training.</summary>
internal sealed class DateEncoder : IColumnEncoder
{
    private const string Kind = "date";
    private static readonly DatePart[] Parts =
    [
        new("month", 12, static date => date.Month - 1, static value => $"{value + 1}"),
        new("weekday", 7, static date => ((int)date.DayOfWeek + 6) % 7, static value => $"{(DayOfWeek)((value + 1) % 7)}"),
        new("hour", 24, static date => date.Hour, static value => $"{value}"),
    ];

    private readonly Standardizer? elapsed;
    private readonly int[][] values;
    private readonly int[][] features;
    private readonly bool markMissing;

    private DateEncoder(string column, Standardizer? elapsed, int[][] values, bool markMissing)
    {
        this.elapsed = elapsed;
        this.values = values;
        this.markMissing = markMissing;
        Input = new ColumnSchema(column, ColumnKind.Date);
        var names = new List<string>();
        if (elapsed is not null)
            names.Add($"{column} in days");

        features = new int[Parts.Length][];
        for (int part = 0; part < Parts.Length; part++)
        {
            features[part] = new int[Parts[part].Count];
            Array.Fill(features[part], -1);
            foreach (int value in values[part])
            {
                features[part][value] = names.Count;
                names.Add($"{column} {Parts[part].Name}={Parts[part].Describe(value)}");
            }
        }

        if (markMissing)
            names.Add($"{column} is missing");

        Names = names;
    }

    /// <summary>The kind's entry in <see cref="ColumnEncodings"/>.</summary>
    public static ColumnEncoding Encoding { get; } = new(
        ColumnKind.Date,
        Kind,
        "dates",
        (IColumn column, FeatureOptions _, CancellationToken _, out string? leftOut) => Fit((DateColumn)column, out leftOut),
        (saved, _, _) => Load(saved));

    public ColumnSchema Input { get; }

    public IReadOnlyList<string> Names { get; }

    public int Width => Names.Count;

    public bool HidesMissing => !markMissing;

    public IReadOnlyList<SplitColumn> SplitColumns => SplitColumn.Numbers(Width);

    public double TypicalNonzeros => 1 + values.Count(part => part.Length > 0);

    /// <summary>Fits the encoder; null, with the reason, where the column has no usable variation.</summary>
    public static DateEncoder? Fit(DateColumn column, out string? leftOut)
    {
        var days = new double[column.Count];
        var met = Parts.Select(part => new bool[part.Count]).ToArray();
        int missing = 0;
        for (int row = 0; row < days.Length; row++)
        {
            if (column.Ticks[row] == DateColumn.Missing)
            {
                missing++;
                days[row] = double.NaN;
                continue;
            }

            var date = new DateTime(column.Ticks[row]);
            days[row] = date.Ticks / (double)TimeSpan.TicksPerDay;
            for (int part = 0; part < Parts.Length; part++)
                met[part][Parts[part].Value(date)] = true;
        }

        Standardizer? elapsed = Standardizer.Fit(column.Name, days);
        bool markMissing = missing > 0 && missing < column.Count;
        leftOut = elapsed is not null || markMissing ? null
            : missing == column.Count ? $"column '{column.Name}' is empty in every row: left out"
            : $"column '{column.Name}' is the same in every row: left out";
        if (leftOut is not null)
            return null;

        int[][] values = [.. met.Select(part =>
            part.Count(seen => seen) < 2 ? [] : Enumerable.Range(0, part.Length).Where(i => part[i]).ToArray())];
        return new DateEncoder(column.Name, elapsed, values, markMissing);
    }

    public IColumn? Convert(IColumn column, out int failed)
    {
        static bool TryRead(string? text, out long ticks)
        {
            const DateTimeStyles Styles = DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal;
            bool isDate = DateTime.TryParse(text, CultureInfo.InvariantCulture, Styles, out DateTime date);
            ticks = date.Ticks;
            return isDate;
        }

        long[]? dates = WrittenCells.Read<long>(column, TryRead, DateColumn.Missing, out failed);
        return dates is null ? null : new DateColumn(column.Name, dates);
    }

    public IColumn Missing(int rows)
    {
        var missing = new long[rows];
        Array.Fill(missing, DateColumn.Missing);
        return new DateColumn(Input.Name, missing);
    }

    public RowEncoder Read(IColumn column)
    {
        var dates = (DateColumn)column;
        return (row, output) =>
        {
            long ticks = dates.Ticks[row];
            if (ticks == DateColumn.Missing)
            {
                if (markMissing)
                    output.Set(Width - 1, 1);

                return;
            }

            if (elapsed is { } fitted)
                output.Set(0, fitted.Apply(ticks / (double)TimeSpan.TicksPerDay));

            var date = new DateTime(ticks);
            for (int part = 0; part < Parts.Length; part++)
            {
                int feature = features[part][Parts[part].Value(date)];
                if (feature >= 0)
                    output.Set(feature, 1);
            }
        };
    }

    public JsonObject Save(NamedTensors tensors, string prefix)
    {
        var saved = new JsonObject { ["kind"] = Kind, ["column"] = Input.Name, ["missing"] = markMissing };
        if (elapsed is { } fitted)
        {
            saved["mean"] = fitted.Mean;
            saved["deviation"] = fitted.Deviation;
        }

        for (int part = 0; part < Parts.Length; part++)
            saved[Parts[part].Name] = values[part].ToJson();

        return saved;
    }

    public static DateEncoder Load(JsonObject saved) => new(
        saved.Text("column"),
        saved["deviation"] is null ? null : Standardizer.Load(saved.Number("mean"), saved.Number("deviation")),
        [.. Parts.Select(part => saved.Integers(part.Name, 0, part.Count - 1).Distinct().Order().ToArray())],
        saved.Flag("missing"));

    private sealed record DatePart(string Name, int Count, Func<DateTime, int> Value, Func<int, string> Describe);
}
