namespace Credence.Training.Optimization;

/// <summary>Products of a feature matrix X, with a column of ones behind its last, and blocks of K-vectors.</summary>
/// <remarks>
/// A K-vector takes <see cref="RowProducts.Stride"/> doubles, so that vector instructions need no tail. W and G are [columns + 1, stride],
/// their last row the bias; Z and R are [rows, stride]. Every element is summed in an order that depends on the shapes alone.
/// One instance serves one solver at a time.
/// </remarks>
internal interface IRowProducts
{
    /// <summary>The number of rows of X.</summary>
    int Rows { get; }

    /// <summary>The number of columns of X, the ones not counted.</summary>
    int Columns { get; }

    /// <summary>Z = [X 1]·W.</summary>
    void Multiply(double[] w, double[] z, int stride, int threads, CancellationToken cancellation);

    /// <summary>G = [X 1]ᵀ·R.</summary>
    void MultiplyTransposed(double[] r, double[] g, int stride, int threads, CancellationToken cancellation);

    /// <summary>G = [X² 1]ᵀ·C, the squares taken element by element.</summary>
    void MultiplyTransposedSquares(double[] c, double[] g, int stride, int threads, CancellationToken cancellation);

    /// <summary>G = [X 1]ᵀ·f([X 1]·W), where <paramref name="map"/> turns the rows from, to (excluded) of <paramref name="z"/> into f's.</summary>
    void MultiplyThrough(double[] w, double[] z, Action<int, int> map, double[] g, int stride, int threads, CancellationToken cancellation);
}
