using System.Text.Json.Nodes;
using Credence.Data.Columns;
using Credence.Features.Matrices;
using Credence.Persistence;

namespace Credence.Features.Columns;

/// <summary>Turns one column into features, as fitted on the training rows. Immutable.</summary>
internal interface IColumnEncoder
{
    /// <summary>The column it reads.</summary>
    ColumnSchema Input { get; }

    /// <summary>The features' names for a reader, <see cref="Width"/> in number.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>The number of features.</summary>
    int Width { get; }

    /// <summary>The typical number of non-zero features per row, which decides between dense and sparse.</summary>
    double TypicalNonzeros { get; }

    /// <summary>The Euclidean norm of a row's features under supervised weighting; null where the encoder has none.</summary>
    double? SharedNorm => null;

    /// <summary>The features as columns that a tree can split, from feature 0; null where they are too many and too sparse for
    /// trees.</summary>
    IReadOnlyList<SplitColumn>? SplitColumns => null;

    /// <summary>Where the features lie in a picture; null where they are no pixels.</summary>
    ImageGrid? Grid => null;

    /// <summary>A function that encodes rows of the column, for one thread at a time.</summary>
    /// <param name="column">A column of the kind and shape of <see cref="Input"/>.</param>
    RowEncoder Read(IColumn column);

    /// <summary>A column of another kind, converted to the kind of <see cref="Input"/>.</summary>
    /// <param name="column">A column of another kind than <see cref="Input"/>.</param>
    /// <param name="failed">The number of cells that can't be converted and count as missing.</param>
    /// <returns>A column of the kind of <see cref="Input"/>; null where the conversion is impossible.</returns>
    IColumn? Convert(IColumn column, out int failed)
    {
        failed = 0;
        return null;
    }

    /// <summary>A column whose cells are all missing; null where the encoder requires the column.</summary>
    /// <param name="rows">The number of rows.</param>
    IColumn? Missing(int rows) => null;

    /// <summary>Whether a missing cell is encoded as a typical one, since none was missing in training.</summary>
    bool HidesMissing => false;

    /// <summary>The features, as runs, that a row's missing cells leave unknown.</summary>
    /// <param name="column">A column of the kind and shape of <see cref="Input"/>.</param>
    /// <param name="row">A row with a missing cell.</param>
    IEnumerable<FeatureRun> Unknown(IColumn column, int row) => [new FeatureRun(0, Width)];

    /// <summary>A note on a column that differs from the training rows; null where there is none.</summary>
    /// <param name="column">A column of the kind and shape of <see cref="Input"/>.</param>
    string? Remark(IColumn column) => null;

    /// <summary>The encoder as JSON; large arrays go to <paramref name="tensors"/> under <paramref name="prefix"/>.</summary>
    JsonObject Save(NamedTensors tensors, string prefix);
}

/// <summary>Writes the features of a row, in increasing order.</summary>
internal delegate void RowEncoder(int row, FeatureRow output);
