using Credence.Data;
using Credence.Data.Scores;

namespace Credence.Files.Records;

/// <summary>Scores and labels as read from a file, before the labels are matched with the classes.</summary>
internal sealed record ScoreTable
{
    /// <summary>[rows, columns], row-major.</summary>
    public required double[] Values { get; init; }

    /// <summary>The number of rows.</summary>
    public required int Rows { get; init; }

    /// <summary>The number of columns; one means the second of two classes.</summary>
    public required int Columns { get; init; }

    /// <summary>The classes' names, or null where they have none.</summary>
    public IReadOnlyList<string>? Classes { get; init; }

    /// <summary>One label per row, null where missing; null without labels.</summary>
    public IReadOnlyList<string?>? Labels { get; init; }

    /// <summary>One group per row, null where missing; null without groups.</summary>
    public IReadOnlyList<string?>? Groups { get; init; }

    /// <summary>One weight per row; null without weights.</summary>
    public double[]? Weights { get; init; }

    /// <summary>The part of a split that each row is in, null where missing; null without a split.</summary>
    public IReadOnlyList<string?>? Parts { get; init; }

    /// <summary>The time of each row, NaN where missing; null without times.</summary>
    public double[]? Times { get; init; }

    /// <summary>The columns that are carried through.</summary>
    public IReadOnlyList<KeptColumn> Kept { get; init; } = [];

    /// <summary>The kind of the scores, where their array name states it.</summary>
    public ScoreKind? Kind { get; init; }

    /// <summary>The place of a row's scores, for a message.</summary>
    public required Func<int, RowPlace> PlaceOf { get; init; }

    /// <summary>The place of a row's label, where it is not with the scores.</summary>
    public Func<int, RowPlace>? LabelPlaceOf { get; init; }

    /// <summary>What was detected.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}
