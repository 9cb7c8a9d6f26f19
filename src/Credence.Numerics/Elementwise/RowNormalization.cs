using System.Numerics;

namespace Credence.Numerics;

/// <summary>Rows brought to mean 0 and variance 1, and the gradient of that.</summary>
/// <remarks>Sums are those of <see cref="Vectors.Dot"/>: the bits do not depend on the processor's vectors.</remarks>
internal static class RowNormalization
{
    private const double Epsilon = 1e-5;

    /// <summary>x̂ = (x − mean)/√(variance + ε) of each row.</summary>
    /// <param name="x">[rows, columns].</param>
    /// <param name="columns">A row's length.</param>
    /// <param name="normal">[rows, columns]: x̂, overwritten.</param>
    /// <param name="inverses">At least one for each row: 1/√(variance + ε), overwritten.</param>
    public static void Forward<T>(ReadOnlySpan<T> x, int columns, Span<T> normal, Span<T> inverses)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int rows = Shape.Rows(x.Length, columns, nameof(x));
        x.CopyTo(normal);
        for (int row = 0; row < rows; row++)
        {
            Span<T> own = normal.Slice(row * columns, columns);
            Vectors.Shift(-T.CreateTruncating(Vectors.Sum<T>(own) / columns), own);
            double variance = Vectors.Dot<T>(own, own) / columns;
            inverses[row] = T.CreateTruncating(1 / Math.Sqrt(variance + Epsilon));
            Vectors.Scale(inverses[row], own);
        }
    }

    /// <summary>dx = (g − mean(g) − x̂·mean(g·x̂))/σ of each row.</summary>
    /// <param name="gradient">[rows, columns]: the gradient in x̂.</param>
    /// <param name="normal">[rows, columns]: x̂.</param>
    /// <param name="inverses">1/σ of each row.</param>
    /// <param name="columns">A row's length.</param>
    /// <param name="dx">[rows, columns], overwritten.</param>
    public static void Backward<T>(
        ReadOnlySpan<T> gradient, ReadOnlySpan<T> normal, ReadOnlySpan<T> inverses, int columns, Span<T> dx)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int rows = Shape.Rows(gradient.Length, columns, nameof(gradient));
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<T> g = gradient.Slice(row * columns, columns), own = normal.Slice(row * columns, columns);
            Span<T> to = dx.Slice(row * columns, columns);
            T mean = T.CreateTruncating(Vectors.Sum(g) / columns), slope = T.CreateTruncating(Vectors.Dot(g, own) / columns);
            Vectors.Add(g, -slope, own, to);
            Vectors.Shift(-mean, to);
            Vectors.Scale(inverses[row], to);
        }
    }
}
