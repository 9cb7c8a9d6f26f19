using Credence.Data.Columns;

namespace Credence.Data;

/// <summary>Rows for training or evaluation: features, true classes, weights and groups.</summary>
/// <param name="Features">The columns a model may use.</param>
/// <param name="Labels">The true classes, or null where there are none.</param>
public sealed record DataSet(Table Features, Labels? Labels)
{
    /// <summary>The number of rows.</summary>
    public int Rows => Features.Rows;

    /// <summary>The true classes where a row may have several, or none; null where it has one.</summary>
    public LabelSets? LabelSets { get; init; }

    /// <summary>The strata that a split preserves the shares of: the labels, or the rarest label of each row where rows have several; null
    /// where there are none.</summary>
    public Labels? Strata => Labels ?? LabelSets?.Rarest();

    /// <summary>The weight of each row, or null where all weights are one.</summary>
    public double[]? Weights { get; init; }

    /// <summary>A number for each row's group (a person, a document); a split keeps the rows of a group together. Null where there are no
    /// groups.</summary>
    public int[]? Groups { get; init; }

    /// <summary>What rows equal in all feature columns are taken for.</summary>
    public RepeatedRows Repeats { get; init; }

    /// <summary>The place of each row in its file; null where the rows come from no file.</summary>
    public RowPlaces? Places { get; init; }

    /// <summary>The place of a row, with which a message about it begins, such as <c>orders.csv line 4017</c>.</summary>
    /// <param name="row">0-based.</param>
    public string PlaceOf(int row) => Places?[row].ToString() ?? $"row {row} (counted from 0)";

    /// <summary>The given rows, in the given order.</summary>
    public DataSet Select(ReadOnlySpan<int> rows) => new(Features.Select(rows), Labels?.Select(rows))
    {
        LabelSets = LabelSets?.Select(rows),
        Weights = Weights is null ? null : Gather.Rows(Weights, rows),
        Groups = Groups is null ? null : Gather.Rows(Groups, rows),
        Repeats = Repeats,
        Places = Places?.Select(rows),
    };
}
