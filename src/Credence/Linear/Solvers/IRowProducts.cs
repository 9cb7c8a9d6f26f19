namespace Credence.Linear.Solvers;

/// <summary>Products of a feature matrix X with blocks of K-vectors, of floats or of doubles.</summary>
/// <remarks>
/// A K-vector is padded to <see cref="RowProducts.Stride"/> numbers, so that vector instructions need no tail. W and G are [columns,
/// stride], Z and R
/// [rows, stride]. Every element is summed in an order that depends only on the shapes. One instance may serve many solvers at once.
/// </remarks>
internal interface IRowProducts<T>
{
    /// <summary>The number of rows of X.</summary>
    int Rows { get; }

    /// <summary>The number of columns of X.</summary>
    int Columns { get; }

    /// <summary>Z = X·W.</summary>
    void Multiply(T[] w, T[] z, int stride, int maxThreads, CancellationToken cancellationToken);

    /// <summary>G = Xᵀ·R.</summary>
    void MultiplyTransposed(T[] r, T[] g, int stride, int maxThreads, CancellationToken cancellationToken);
}
