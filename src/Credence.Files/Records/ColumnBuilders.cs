using Credence.Data.Columns;

namespace Credence.Files.Records;

/// <summary>The builders of columns of text, one a kind. A kind that a table of text can hold is one line here.</summary>
internal static class ColumnBuilders
{
    private static readonly Dictionary<ColumnKind, Func<Request, IColumnBuilder>> All = new()
    {
        [ColumnKind.Number] = asked => new NumberBuilder(asked.Column.Name, asked.Missing),
        [ColumnKind.Date] = asked => new DateBuilder(asked.Column.Name, asked.Missing),
        [ColumnKind.Text] = asked => new TextBuilder(asked.Column.Name),
        [ColumnKind.Category] = asked => asked.Column.Role == ColumnRole.Label
            ? new CategoryBuilder(asked.Column.Name, asked.OnlyEmpty, asked.LabelNames)
            : new CategoryBuilder(asked.Column.Name, asked.Column.Role == ColumnRole.Feature ? asked.Missing : asked.OnlyEmpty),
    };

    /// <summary>The builder of a column.</summary>
    /// <param name="column">The column.</param>
    /// <param name="missing">What stands for a missing feature.</param>
    /// <param name="onlyEmpty">What stands for a missing label, group or part.</param>
    /// <param name="labelNames">The names that numbers of labels stand for, or null.</param>
    /// <exception cref="InvalidDataException">Text can't hold that kind.</exception>
    public static IColumnBuilder Of(
        PlannedColumn column, MissingMarkers missing, MissingMarkers onlyEmpty, IReadOnlyList<string>? labelNames) =>
        All.TryGetValue(column.Kind, out Func<Request, IColumnBuilder>? make)
            ? make(new Request(column, missing, onlyEmpty, labelNames))
            : throw new InvalidDataException($"column '{column.Name}' is {column.Kind} for the model; a table can't hold that.");

    private sealed record Request(
        PlannedColumn Column, MissingMarkers Missing, MissingMarkers OnlyEmpty, IReadOnlyList<string>? LabelNames);
}
