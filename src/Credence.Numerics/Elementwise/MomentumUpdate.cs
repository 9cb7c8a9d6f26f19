using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Credence.Numerics;

/// <summary>
/// A step of stochastic gradient descent with Nesterov's momentum: v ← μv + g and θ ← θ − η·(g + μv)
/// (Y. Nesterov, 1983; in this form I. Sutskever et al., On the importance of initialization and momentum in deep learning, 2013).
/// </summary>
/// <remarks>Elements are independent, without fused multiply-add: the bits do not depend on the processor or on how a vector is cut.
/// NaN propagates.</remarks>
internal static class MomentumUpdate
{
    /// <summary>Takes a step.</summary>
    /// <param name="parameters">θ.</param>
    /// <param name="gradient">g, at least as long.</param>
    /// <param name="velocity">v, at least as long; zeros before the first step.</param>
    /// <param name="size">η.</param>
    /// <param name="momentum">μ.</param>
    /// <exception cref="ArgumentException">A span is shorter than <paramref name="parameters"/>.</exception>
    public static void Apply(Span<float> parameters, ReadOnlySpan<float> gradient, Span<float> velocity, float size, float momentum)
    {
        Shape.AtLeast(gradient.Length, parameters.Length, nameof(gradient));
        Shape.AtLeast(velocity.Length, parameters.Length, nameof(velocity));
        ref float theta0 = ref MemoryMarshal.GetReference(parameters), g0 = ref MemoryMarshal.GetReference(gradient);
        ref float v0 = ref MemoryMarshal.GetReference(velocity);
        int i = 0;
        for (; i <= parameters.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            Vector256<float> theta = Vector256.LoadUnsafe(ref theta0, (nuint)i);
            Vector256<float> g = Vector256.LoadUnsafe(ref g0, (nuint)i);
            Vector256<float> v = (Vector256.LoadUnsafe(ref v0, (nuint)i) * momentum) + g;
            v.StoreUnsafe(ref v0, (nuint)i);
            (theta - ((g + (v * momentum)) * size)).StoreUnsafe(ref theta0, (nuint)i);
        }

        for (; i < parameters.Length; i++)
        {
            float g = gradient[i], v = (velocity[i] * momentum) + g;
            velocity[i] = v;
            parameters[i] -= (g + (v * momentum)) * size;
        }
    }
}
