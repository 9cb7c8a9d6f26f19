using System.Runtime.Intrinsics;
using Credence.Numerics;

namespace Credence.Training.Optimization;

/// <summary>The few operations on long vectors that solvers need. Sums run in eight lanes over fixed pieces, whatever the CPU and the threads.</summary>
internal static class Vectors
{
    private const int Piece = 1 << 15;

    /// <summary>aᵀb of the first elements.</summary>
    public static double Dot(double[] a, double[] b, int length, int threads)
    {
        if (length <= Piece)
            return Dot(a.AsSpan(0, length), b.AsSpan(0, length));

        var sums = new double[(length + Piece - 1) / Piece];
        Chunks.For(sums.Length, threads, piece =>
        {
            int from = piece * Piece, count = Math.Min(Piece, length - from);
            sums[piece] = Dot(a.AsSpan(from, count), b.AsSpan(from, count));
        });
        double total = 0;
        foreach (double sum in sums)
            total += sum;

        return total;
    }

    /// <summary>y += s·x, for the first elements.</summary>
    public static void AddScaled(double s, double[] x, double[] y, int length, int threads) =>
        ForPieces(length, threads, (from, count) => AddScaled(s, x.AsSpan(from, count), y.AsSpan(from, count)));

    /// <summary>y = x + s·y.</summary>
    public static void ScaleAdd(double s, double[] y, double[] x, int threads) =>
        ForPieces(y.Length, threads, (from, count) =>
        {
            Span<double> target = y.AsSpan(from, count);
            ReadOnlySpan<double> source = x.AsSpan(from, count);
            int i = 0;
            for (; i + 8 <= count; i += 8)
            {
                Vector512<double> v = Vector512.FusedMultiplyAdd(
                    Vector512.Create(s), Vector512.Create<double>(target.Slice(i, 8)), Vector512.Create(source.Slice(i, 8)));
                v.CopyTo(target[i..]);
            }

            for (; i < count; i++)
                target[i] = Math.FusedMultiplyAdd(s, target[i], source[i]);
        });

    /// <summary>Runs over pieces of a vector.</summary>
    public static void ForPieces(int length, int threads, Action<int, int> body)
    {
        if (length <= Piece)
            body(0, length);
        else
            Chunks.For((length + Piece - 1) / Piece, threads, piece => body(piece * Piece, Math.Min(Piece, length - piece * Piece)));
    }

    /// <summary>sum += x.</summary>
    public static void Add(ReadOnlySpan<double> x, Span<double> sum) => AddScaled(1, x, sum);

    /// <summary>v = a∘(v − shift).</summary>
    public static void MultiplyShifted(ReadOnlySpan<double> a, double shift, Span<double> v)
    {
        int i = 0;
        for (; i + 8 <= v.Length; i += 8)
            (Vector512.Create(a.Slice(i, 8)) * (Vector512.Create<double>(v.Slice(i, 8)) - Vector512.Create(shift))).CopyTo(v[i..]);
        for (; i < v.Length; i++)
            v[i] = a[i] * (v[i] - shift);
    }

    /// <summary>sum = Σ of the rows of x, each as long as <paramref name="sum"/>.</summary>
    public static void SumRows(ReadOnlySpan<double> x, Span<double> sum)
    {
        sum.Clear();
        if (sum.Length == 1)
        {
            sum[0] = Sum(x);
            return;
        }

        for (int from = 0; from < x.Length; from += sum.Length)
            Add(x.Slice(from, sum.Length), sum);
    }

    /// <summary>Σ x.</summary>
    private static double Sum(ReadOnlySpan<double> x)
    {
        Vector512<double> sum = Vector512<double>.Zero;
        int i = 0;
        for (; i + 8 <= x.Length; i += 8)
            sum += Vector512.Create(x.Slice(i, 8));

        double total = 0;
        for (int lane = 0; lane < 8; lane++)
            total += sum[lane];
        for (; i < x.Length; i++)
            total += x[i];

        return total;
    }

    /// <summary>y += s·x.</summary>
    public static void AddScaled(double s, ReadOnlySpan<double> x, Span<double> y)
    {
        int i = 0;
        for (; i + 8 <= y.Length; i += 8)
        {
            Vector512<double> v = Vector512.FusedMultiplyAdd(
                Vector512.Create(s), Vector512.Create(x.Slice(i, 8)), Vector512.Create<double>(y.Slice(i, 8)));
            v.CopyTo(y[i..]);
        }

        for (; i < y.Length; i++)
            y[i] = Math.FusedMultiplyAdd(s, x[i], y[i]);
    }

    /// <summary>x ← s·x.</summary>
    public static void Scale(double s, Span<double> x)
    {
        int i = 0;
        for (; i + 8 <= x.Length; i += 8)
            (Vector512.Create<double>(x.Slice(i, 8)) * s).CopyTo(x[i..]);
        for (; i < x.Length; i++)
            x[i] *= s;
    }

    /// <summary>aᵀb.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        Vector512<double> sum = Vector512<double>.Zero;
        int i = 0;
        for (; i + 8 <= a.Length; i += 8)
            sum = Vector512.FusedMultiplyAdd(Vector512.Create(a.Slice(i, 8)), Vector512.Create(b.Slice(i, 8)), sum);

        double total = 0;
        for (int lane = 0; lane < 8; lane++)
            total += sum[lane];
        for (; i < a.Length; i++)
            total = Math.FusedMultiplyAdd(a[i], b[i], total);

        return total;
    }
}
