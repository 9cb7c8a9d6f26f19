using System.Globalization;
using Credence.Data;
using Credence.Data.Columns;

namespace Credence.Cli.Output;

/// <summary>What a row holds, in a line a person recognises it by.</summary>
internal static class RowExcerpt
{
    private const int MostCells = 8;
    private const int MostText = 200;

    /// <summary>The row's text, or its first cells by name.</summary>
    public static string Of(Table table, int row)
    {
        if (table.Columns.FirstOrDefault(column => column.Kind == ColumnKind.Text) is TextColumn text)
            return Cut(text[row]);

        IEnumerable<string> cells = table.Columns.Take(MostCells).Select(column => $"{column.Name} {Cell(column, row)}");
        return string.Join(", ", cells) + (table.Columns.Count > MostCells ? ", …" : "");
    }

    private static string Cell(IColumn column, int row) => column switch
    {
        NumberColumn numbers => double.IsNaN(numbers.Values[row]) ? "missing" : numbers.Values[row].ToString("G6", CultureInfo.InvariantCulture),
        CategoryColumn categories => Cut(categories[row] ?? "missing"),
        DateColumn dates => dates.Ticks[row] == DateColumn.Missing ? "missing" : new DateTime(dates.Ticks[row]).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        VectorColumn vectors => $"of {vectors.Width} numbers",
        ImageColumn images => $"of {images.Width} × {images.Height} pixels",
        AudioColumn audio => $"of {(double)audio.Row(row).Length / audio.SampleRate:0.0} s",
        _ => "",
    };

    private static string Cut(string text) => text.Length <= MostText ? text : string.Concat(text.AsSpan(0, MostText), "…");
}
