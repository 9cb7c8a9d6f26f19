namespace Credence.Features.Matrices;

/// <summary>Rows of numbers a learner can read: <see cref="DenseMatrix"/> or <see cref="SparseMatrix"/>.</summary>
public interface IFeatureMatrix
{
    /// <summary>The number of rows.</summary>
    int Rows { get; }

    /// <summary>The number of features.</summary>
    int Columns { get; }

    /// <summary>The matrix with the given rows, in the given order.</summary>
    /// <param name="rows">0-based row numbers; a row may come more than once.</param>
    IFeatureMatrix Select(ReadOnlySpan<int> rows);
}
