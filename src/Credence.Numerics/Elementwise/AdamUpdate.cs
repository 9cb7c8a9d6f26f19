using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Credence.Numerics;

/// <summary>
/// A step of Adam with decoupled weight decay: m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², θ ← θ − η·[m̂ / (√v̂ + ε) + δθ], with
/// m̂ = m/(1 − β₁ᵗ), v̂ = v/(1 − β₂ᵗ), β₁ = 0.9, β₂ = 0.999 and ε = 10⁻⁸ (D. Kingma, J. Ba, Adam, 2015; I. Loshchilov, F. Hutter, Decoupled
/// weight decay regularization, 2019).
/// </summary>
/// <remarks>Elements are independent, without fused multiply-add: the bits do not depend on the processor or on how a vector is cut.
/// NaN propagates.</remarks>
internal static class AdamUpdate
{
    private const double FirstDecay = 0.9, SecondDecay = 0.999;
    private const float Least = 1e-8f;

    /// <summary>Takes a step.</summary>
    /// <param name="parameters">θ.</param>
    /// <param name="gradient">g, at least as long.</param>
    /// <param name="first">m, at least as long; zeros before the first step.</param>
    /// <param name="second">v, at least as long; zeros before the first step.</param>
    /// <param name="step">t, 1 for the first step.</param>
    /// <param name="size">η.</param>
    /// <param name="decay">δ; 0 for none.</param>
    /// <exception cref="ArgumentException">A span is shorter than <paramref name="parameters"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="step"/> is below 1.</exception>
    public static void Apply(
        Span<float> parameters, ReadOnlySpan<float> gradient, Span<float> first, Span<float> second, long step, double size, double decay)
    {
        Shape.AtLeast(gradient.Length, parameters.Length, nameof(gradient));
        Shape.AtLeast(first.Length, parameters.Length, nameof(first));
        Shape.AtLeast(second.Length, parameters.Length, nameof(second));
        ArgumentOutOfRangeException.ThrowIfLessThan(step, 1);
        float a = (float)FirstDecay, b = (float)SecondDecay, restA = (float)(1 - FirstDecay), restB = (float)(1 - SecondDecay);
        float scale = (float)(1 / (1 - Power(FirstDecay, step))), scaleSquare = (float)(1 / (1 - Power(SecondDecay, step)));
        float eta = (float)size, shrink = (float)decay;
        ref float theta0 = ref MemoryMarshal.GetReference(parameters), g0 = ref MemoryMarshal.GetReference(gradient);
        ref float m0 = ref MemoryMarshal.GetReference(first), v0 = ref MemoryMarshal.GetReference(second);
        Vector256<float> least = Vector256.Create(Least);
        int i = 0;
        for (; i <= parameters.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            Vector256<float> g = Vector256.LoadUnsafe(ref g0, (nuint)i), theta = Vector256.LoadUnsafe(ref theta0, (nuint)i);
            Vector256<float> m = (Vector256.LoadUnsafe(ref m0, (nuint)i) * a) + (g * restA);
            Vector256<float> v = (Vector256.LoadUnsafe(ref v0, (nuint)i) * b) + (g * g * restB);
            m.StoreUnsafe(ref m0, (nuint)i);
            v.StoreUnsafe(ref v0, (nuint)i);
            Vector256<float> move = (m * scale / (Vector256.Sqrt(v * scaleSquare) + least)) + (theta * shrink);
            (theta - (move * eta)).StoreUnsafe(ref theta0, (nuint)i);
        }

        for (; i < parameters.Length; i++)
        {
            float g = gradient[i], m = (first[i] * a) + (g * restA), v = (second[i] * b) + (g * g * restB);
            first[i] = m;
            second[i] = v;
            float move = (m * scale / (MathF.Sqrt(v * scaleSquare) + Least)) + (parameters[i] * shrink);
            parameters[i] -= move * eta;
        }
    }

    /// <summary>x to a whole power, by squaring.</summary>
    private static double Power(double x, long n)
    {
        double power = 1;
        for (; n > 0; n >>= 1, x *= x)
            power = (n & 1) == 1 ? power * x : power;
        return power;
    }
}
