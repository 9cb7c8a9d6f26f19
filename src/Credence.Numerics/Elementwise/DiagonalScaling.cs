using System.Runtime.Intrinsics;

namespace Credence.Numerics;

/// <summary>A row times one scale, or one scale per class, plus biases: t = w∘x + b; and the derivatives of ln Σ e^t in w and b.</summary>
/// <remarks>The order of every sum depends only on the number of classes. NaN propagates.</remarks>
internal static class DiagonalScaling
{
    private const int Width = DoubleVectors.Width;

    /// <summary>t = w∘x + b with fused multiply-add; −∞ where x is at most a lower limit, for any w and b, and where x is NaN.</summary>
    /// <param name="x">K elements.</param>
    /// <param name="scales">w: 1 or K.</param>
    /// <param name="biases">b: K.</param>
    /// <param name="least">The value that stands for −∞ in x.</param>
    /// <param name="t">The result, K; the same memory as <paramref name="x"/> or apart.</param>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    public static void Forward(
        ReadOnlySpan<double> x, ReadOnlySpan<double> scales, ReadOnlySpan<double> biases, double least, Span<double> t)
    {
        Scales(scales.Length, x.Length);
        Shape.AtLeast(biases.Length, x.Length, nameof(biases));
        Shape.AtLeast(t.Length, x.Length, nameof(t));
        Shape.SameOrApart(x, t, nameof(t));
        bool shared = scales.Length == 1;
        Vector512<double> bound = Vector512.Create(least), none = Vector512.Create(double.NegativeInfinity),
            one = Vector512.Create(scales[0]);
        int k = 0;
        for (; k <= x.Length - Width; k += Width)
        {
            Vector512<double> v = DoubleVectors.At(x, k);
            Vector512<double> value = Vector512.FusedMultiplyAdd(shared ? one : DoubleVectors.At(scales, k), v,
                DoubleVectors.At(biases, k));
            DoubleVectors.Put(Vector512.ConditionalSelect(Vector512.GreaterThan(v, bound), value, none), t, k);
        }

        for (; k < x.Length; k++)
            t[k] = x[k] > least ? Math.FusedMultiplyAdd(scales[shared ? 0 : k], x[k], biases[k]) : double.NegativeInfinity;
    }

    /// <summary>Adds a row's derivatives: per class w·p, w·p·x, w·p(1 − p), and the two that a preconditioner needs in addition.</summary>
    /// <param name="x">K elements.</param>
    /// <param name="p">softmax(t), K.</param>
    /// <param name="weight">The row's weight.</param>
    /// <param name="shared">Whether all classes have one scale.</param>
    /// <param name="sums">[5, K]: Σ wp, Σ wpx and Σ wp(1 − p); then, with one scale per class, Σ wp(1 − p)x and Σ wp(1 − p)x²; with one
    /// scale,
    /// Σ wp(x − p·x) and Σ wp(x − p·x)².</param>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    public static void AddDerivatives(ReadOnlySpan<double> x, ReadOnlySpan<double> p, double weight, bool shared, Span<double> sums)
    {
        int classes = x.Length;
        Shape.AtLeast(p.Length, classes, nameof(p));
        Shape.AtLeast(sums.Length, 5L * classes, nameof(sums));

        // With one scale for all classes, the derivative uses the deviation of x from its mean under p; with one per class, x itself.
        double centre = shared ? DoubleVectors.Dot(p[..classes], x) : 0;
        int k = 0;
        Span<double> s0 = sums[..classes], s1 = sums.Slice(classes, classes);
        Span<double> h0 = sums.Slice(2 * classes, classes), h1 = sums.Slice(3 * classes, classes), h2 = sums.Slice(4 * classes, classes);
        Vector512<double> w = Vector512.Create(weight), one = Vector512<double>.One, c = Vector512.Create(centre);
        for (; k <= classes - Width; k += Width)
        {
            Vector512<double> q = DoubleVectors.At(p, k), z = DoubleVectors.At(x, k), wq = w * q, rest = wq * (shared ? one : one - q),
                far = rest * (z - c);
            DoubleVectors.Put(DoubleVectors.At(s0, k) + wq, s0, k);
            DoubleVectors.Put(DoubleVectors.At(s1, k) + (wq * z), s1, k);
            DoubleVectors.Put(DoubleVectors.At(h0, k) + (wq * (one - q)), h0, k);
            DoubleVectors.Put(DoubleVectors.At(h1, k) + far, h1, k);
            DoubleVectors.Put(DoubleVectors.At(h2, k) + (far * (z - c)), h2, k);
        }

        for (; k < classes; k++)
        {
            double wq = weight * p[k], far = wq * (shared ? 1 : 1 - p[k]) * (x[k] - centre);
            s0[k] += wq;
            s1[k] += wq * x[k];
            h0[k] += wq * (1 - p[k]);
            h1[k] += far;
            h2[k] += far * (x[k] - centre);
        }
    }

    /// <summary>Adds a row's part of the Hessian times a direction: with dt = dw∘x + db and m = p·dt, Σ w·p∘(dt − m) and the same times
    /// x.</summary>
    /// <param name="x">K elements.</param>
    /// <param name="p">softmax(t), K.</param>
    /// <param name="weight">The row's weight.</param>
    /// <param name="scales">dw: 1 or K.</param>
    /// <param name="biases">db: K.</param>
    /// <param name="change">A buffer for dt, K; must not overlap any other span.</param>
    /// <param name="sums">[2, K].</param>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    public static void AddHessianProduct(
        ReadOnlySpan<double> x, ReadOnlySpan<double> p, double weight, ReadOnlySpan<double> scales, ReadOnlySpan<double> biases,
        Span<double> change, Span<double> sums)
    {
        int classes = x.Length;
        Scales(scales.Length, classes);
        Shape.AtLeast(p.Length, classes, nameof(p));
        Shape.AtLeast(biases.Length, classes, nameof(biases));
        Shape.AtLeast(change.Length, classes, nameof(change));
        Shape.AtLeast(sums.Length, 2L * classes, nameof(sums));
        bool shared = scales.Length == 1;
        Vector512<double> one = Vector512.Create(scales[0]), mean = default;
        int k = 0;
        for (; k <= classes - Width; k += Width)
        {
            Vector512<double> d = shared ? one : DoubleVectors.At(scales, k);
            Vector512<double> t = Vector512.FusedMultiplyAdd(d, DoubleVectors.At(x, k), DoubleVectors.At(biases, k));
            DoubleVectors.Put(t, change, k);
            mean = Vector512.FusedMultiplyAdd(DoubleVectors.At(p, k), t, mean);
        }

        double average = DoubleVectors.Fold(mean);
        for (; k < classes; k++)
        {
            change[k] = Math.FusedMultiplyAdd(scales[shared ? 0 : k], x[k], biases[k]);
            average = Math.FusedMultiplyAdd(p[k], change[k], average);
        }

        Span<double> s0 = sums[..classes], s1 = sums.Slice(classes, classes);
        Vector512<double> w = Vector512.Create(weight), m = Vector512.Create(average);
        for (k = 0; k <= classes - Width; k += Width)
        {
            Vector512<double> moved = w * DoubleVectors.At(p, k) * (DoubleVectors.At(change, k) - m);
            DoubleVectors.Put(DoubleVectors.At(s0, k) + moved, s0, k);
            DoubleVectors.Put(Vector512.FusedMultiplyAdd(moved, DoubleVectors.At(x, k), DoubleVectors.At(s1, k)), s1, k);
        }

        for (; k < classes; k++)
        {
            double moved = weight * p[k] * (change[k] - average);
            s0[k] += moved;
            s1[k] = Math.FusedMultiplyAdd(moved, x[k], s1[k]);
        }
    }

    private static void Scales(int scales, int classes)
    {
        if (scales != 1 && (scales < classes || scales == 0))
            throw new ArgumentException($"'{nameof(scales)}' has length {scales}, needs 1 or at least {classes}.", nameof(scales));
    }
}
