using System.Numerics;
using Credence.Features.Matrices;

namespace Credence.Linear.Solvers;

/// <summary>A feature matrix prepared for solvers, once for any number of fits.</summary>
internal sealed class RowProducts
{
    private readonly CompressedColumns? sparse;

    public RowProducts(IFeatureMatrix features)
    {
        Features = features;
        sparse = features is SparseMatrix matrix ? new CompressedColumns(matrix) : null;
    }

    /// <summary>The matrix.</summary>
    public IFeatureMatrix Features { get; }

    /// <summary>The stride of K columns of scores: one, or a multiple of eight.</summary>
    public static int Stride(int columns) => columns == 1 ? 1 : checked((columns + 7) / 8 * 8);

    /// <summary>The products in a precision.</summary>
    public IRowProducts<T> In<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Features switch
        {
            DenseMatrix dense => new DenseRowProducts<T>(dense),
            SparseMatrix => new SparseRowProducts<T>(sparse!),
            _ => throw new ArgumentException($"A feature matrix must be a DenseMatrix or a SparseMatrix, not a {Features.GetType().Name}."),
        };
}
