using System.Text.Json.Nodes;
using Credence.Data.Columns;
using Credence.Features.Matrices;
using Credence.Persistence;

namespace Credence.Features.Columns;

/// <summary>Turns one column into features, in the way that was fitted on the training rows. Immutable.</summary>
internal interface IColumnEncoder
{
    /// <summary>The column it reads.</summary>
    ColumnSchema Input { get; }

    /// <summary>The features' names, as a person reads them; their number is the encoder's width.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>The number of features.</summary>
    int Width { get; }

    /// <summary>How many features of a row are other than zero, typically: what decides between dense and sparse.</summary>
    double TypicalNonzeros { get; }

    /// <summary>The Euclidean length that a row's features have where they are weighed by what they tell of the labels; null where they are not.</summary>
    double? SharedNorm => null;

    /// <summary>A function that writes rows of the column, for one thread at a time.</summary>
    /// <param name="column">A column of the kind and shape of <see cref="Input"/>.</param>
    RowEncoder Read(IColumn column);

    /// <summary>The column of another kind, read as the one that is needed.</summary>
    /// <param name="column">A column of another kind than <see cref="Input"/>.</param>
    /// <param name="failed">How many cells can't be read so and count as missing.</param>
    /// <returns>A column of the kind of <see cref="Input"/>; null where that kind can't be read from the other.</returns>
    IColumn? Convert(IColumn column, out int failed)
    {
        failed = 0;
        return null;
    }

    /// <summary>A column whose cells are all missing; null where the encoder can't do without them.</summary>
    /// <param name="rows">The number of rows.</param>
    IColumn? Missing(int rows) => null;

    /// <summary>What to tell of a column that is unlike the training rows; null where there is nothing.</summary>
    /// <param name="column">A column of the kind and shape of <see cref="Input"/>.</param>
    string? Remark(IColumn column) => null;

    /// <summary>Describes the encoder; what is too large for that goes to <paramref name="tensors"/> under <paramref name="prefix"/>.</summary>
    JsonObject Save(NamedTensors tensors, string prefix);
}

/// <summary>Writes the features of a row, in rising order.</summary>
internal delegate void RowEncoder(int row, FeatureRow output);
