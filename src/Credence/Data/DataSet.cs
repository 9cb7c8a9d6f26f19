using Credence.Data.Columns;

namespace Credence.Data;

/// <summary>Rows to learn from or to measure on: what is known of each, its true class, its weight and its group.</summary>
/// <param name="Features">The columns a model may use.</param>
/// <param name="Labels">The true classes, or null where there are none.</param>
public sealed record DataSet(Table Features, Labels? Labels)
{
    /// <summary>The number of rows.</summary>
    public int Rows => Features.Rows;

    /// <summary>The true classes where a row may have several, or none; null where it has one.</summary>
    public LabelSets? LabelSets { get; init; }

    /// <summary>What a split keeps the shares of: the labels, or of a row with several the rarest; null where there are none.</summary>
    public Labels? Strata => Labels ?? LabelSets?.Rarest();

    /// <summary>How much each row counts, or null where all count one.</summary>
    public double[]? Weights { get; init; }

    /// <summary>A number for each row's group (a person, a document); rows of a group stay on one side of a split. Null where there are none.</summary>
    public int[]? Groups { get; init; }

    /// <summary>Where each row stands in its file; null where the rows are of no file.</summary>
    public RowPlaces? Places { get; init; }

    /// <summary>Where a row stands: what a message about it begins with, such as <c>orders.csv line 4017</c>.</summary>
    /// <param name="row">0-based.</param>
    public string PlaceOf(int row) => Places?[row].ToString() ?? $"row {row} (counted from 0)";

    /// <summary>The given rows, in the given order.</summary>
    public DataSet Select(ReadOnlySpan<int> rows) => new(Features.Select(rows), Labels?.Select(rows))
    {
        LabelSets = LabelSets?.Select(rows),
        Weights = Weights is null ? null : Gather.Rows(Weights, rows),
        Groups = Groups is null ? null : Gather.Rows(Groups, rows),
        Places = Places?.Select(rows),
    };
}
