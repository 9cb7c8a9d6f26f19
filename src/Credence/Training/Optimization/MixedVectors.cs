using System.Runtime.Intrinsics;

namespace Credence.Training.Optimization;

/// <summary>Operations of a row of floats with doubles, sixteen lanes at a time.</summary>
internal static class MixedVectors
{
    /// <summary>xᵀw over the length of x.</summary>
    public static double Dot(ReadOnlySpan<float> x, ReadOnlySpan<double> w)
    {
        Vector512<double> s0 = Vector512<double>.Zero, s1 = s0;
        int j = 0;
        for (; j + 16 <= x.Length; j += 16)
        {
            (Vector512<double> low, Vector512<double> high) = Vector512.Widen(Vector512.Create(x.Slice(j, 16)));
            s0 = Vector512.FusedMultiplyAdd(low, Vector512.Create(w.Slice(j, 8)), s0);
            s1 = Vector512.FusedMultiplyAdd(high, Vector512.Create(w.Slice(j + 8, 8)), s1);
        }

        s0 += s1;
        double total = 0;
        for (int lane = 0; lane < 8; lane++)
            total += s0[lane];
        for (; j < x.Length; j++)
            total = Math.FusedMultiplyAdd(x[j], w[j], total);

        return total;
    }

    /// <summary>y += s·x over the length of x.</summary>
    public static void AddScaled(double s, ReadOnlySpan<float> x, Span<double> y)
    {
        Vector512<double> factor = Vector512.Create(s);
        int j = 0;
        for (; j + 16 <= x.Length; j += 16)
        {
            (Vector512<double> low, Vector512<double> high) = Vector512.Widen(Vector512.Create(x.Slice(j, 16)));
            Vector512.FusedMultiplyAdd(low, factor, Vector512.Create<double>(y.Slice(j, 8))).CopyTo(y[j..]);
            Vector512.FusedMultiplyAdd(high, factor, Vector512.Create<double>(y.Slice(j + 8, 8))).CopyTo(y[(j + 8)..]);
        }

        for (; j < x.Length; j++)
            y[j] = Math.FusedMultiplyAdd(x[j], s, y[j]);
    }

    /// <summary>y += s·x∘x over the length of x.</summary>
    public static void AddScaledSquares(double s, ReadOnlySpan<float> x, Span<double> y)
    {
        Vector512<double> factor = Vector512.Create(s);
        int j = 0;
        for (; j + 16 <= x.Length; j += 16)
        {
            (Vector512<double> low, Vector512<double> high) = Vector512.Widen(Vector512.Create(x.Slice(j, 16)));
            Vector512.FusedMultiplyAdd(low * low, factor, Vector512.Create<double>(y.Slice(j, 8))).CopyTo(y[j..]);
            Vector512.FusedMultiplyAdd(high * high, factor, Vector512.Create<double>(y.Slice(j + 8, 8))).CopyTo(y[(j + 8)..]);
        }

        for (; j < x.Length; j++)
            y[j] = Math.FusedMultiplyAdd((double)x[j] * x[j], s, y[j]);
    }
}
