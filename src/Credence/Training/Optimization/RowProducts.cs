using Credence.Features;

namespace Credence.Training.Optimization;

/// <summary>Chooses how a feature matrix is multiplied.</summary>
internal static class RowProducts
{
    /// <summary>Doubles that K columns of scores take: one, or a multiple of the eight that a vector holds.</summary>
    public static int Stride(int columns) => columns == 1 ? 1 : checked((columns + 7) / 8 * 8);

    /// <summary>The products of a matrix.</summary>
    public static IRowProducts Of(IFeatureMatrix features) => features switch
    {
        DenseMatrix dense => new DenseRowProducts(dense),
        SparseMatrix sparse => new SparseRowProducts(sparse),
        _ => throw new ArgumentException($"A feature matrix is a DenseMatrix or a SparseMatrix, not a {features.GetType().Name}.", nameof(features)),
    };
}
