namespace Credence.Features.Matrices;

/// <summary>The features of rows: <see cref="DenseMatrix"/> or <see cref="SparseMatrix"/>.</summary>
public interface IFeatureMatrix
{
    /// <summary>The number of rows.</summary>
    int Rows { get; }

    /// <summary>The number of features.</summary>
    int Columns { get; }

    /// <summary>The matrix with the given rows, in the given order.</summary>
    /// <param name="rows">0-based row numbers; a row may occur more than once.</param>
    IFeatureMatrix Select(ReadOnlySpan<int> rows);

    /// <summary>The non-zero values of one row, by increasing feature.</summary>
    /// <param name="row">The 0-based row.</param>
    IEnumerable<(int Feature, float Value)> NonZero(int row);
}
