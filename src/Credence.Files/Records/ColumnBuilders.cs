using Credence.Data.Columns;

namespace Credence.Files.Records;

/// <summary>The builders of text columns, one per kind. A new kind of text column is one line here.</summary>
internal static class ColumnBuilders
{
    private static readonly Dictionary<ColumnKind, Func<Request, IColumnBuilder>> All = new()
    {
        [ColumnKind.Number] = asked => new NumberBuilder(asked.Column.Name, asked.Missing, asked.Column.Format?.Number),
        [ColumnKind.Date] = asked => new DateBuilder(asked.Column.Name, asked.Missing, asked.Column.Format?.Date),
        [ColumnKind.Text] = asked => new TextBuilder(asked.Column.Name),
        [ColumnKind.Category] = asked => asked.Column.Role == ColumnRole.Label
            ? new CategoryBuilder(asked.Column.Name, asked.OnlyEmpty, asked.LabelNames, areLabels: true)
            : new CategoryBuilder(asked.Column.Name, asked.Column.Role == ColumnRole.Feature ? asked.Missing : asked.OnlyEmpty),
    };

    /// <summary>The builder of a column.</summary>
    /// <param name="column">The column.</param>
    /// <param name="missing">The markers of a missing feature.</param>
    /// <param name="onlyEmpty">The markers of a missing label, group or part.</param>
    /// <param name="labelNames">The names of integer labels, or null.</param>
    /// <exception cref="InvalidDataException">A text column can't be of that kind.</exception>
    public static IColumnBuilder Of(
        PlannedColumn column, MissingMarkers missing, MissingMarkers onlyEmpty, IReadOnlyList<string>? labelNames) =>
        All.TryGetValue(column.Kind, out Func<Request, IColumnBuilder>? make)
            ? make(new Request(column, missing, onlyEmpty, labelNames))
            : throw new InvalidDataException($"column '{column.Name}' is of kind {column.Kind} in the model, which a table can't hold.");

    private sealed record Request(
        PlannedColumn Column, MissingMarkers Missing, MissingMarkers OnlyEmpty, IReadOnlyList<string>? LabelNames);
}
