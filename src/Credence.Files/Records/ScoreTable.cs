using Credence.Data;
using Credence.Data.Scores;

namespace Credence.Files.Records;

/// <summary>Scores and labels as they stand in a file, before the labels are matched with the classes.</summary>
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

    /// <summary>One label per row, null where it is missing; null where there are none.</summary>
    public IReadOnlyList<string?>? Labels { get; init; }

    /// <summary>One group per row, null where it is missing; null where there are none.</summary>
    public IReadOnlyList<string?>? Groups { get; init; }

    /// <summary>What the scores are, where their name says so.</summary>
    public ScoreKind? Kind { get; init; }

    /// <summary>Where a row's scores stand, for a message.</summary>
    public required Func<int, RowPlace> PlaceOf { get; init; }

    /// <summary>Where a row's label stands, where that is not with the scores.</summary>
    public Func<int, RowPlace>? LabelPlaceOf { get; init; }

    /// <summary>What was detected.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}
