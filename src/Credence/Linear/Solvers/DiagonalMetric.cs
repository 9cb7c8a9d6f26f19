using System.Numerics;
using Credence.Numerics;

namespace Credence.Linear.Solvers;

/// <summary>A diagonal metric: one number per column.</summary>
/// <param name="diagonal">M's diagonal, all above 0.</param>
internal sealed class DiagonalMetric<T>(double[] diagonal) : IMetric<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public void Solve(T[] x, int stride, int maxThreads)
    {
        for (int j = 0; j < diagonal.Length; j++)
            Vectors.Scale(T.CreateTruncating(1 / diagonal[j]), x.AsSpan(j * stride, stride));
    }
}
