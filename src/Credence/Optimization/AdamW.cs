using System.Runtime.Intrinsics;

namespace Credence.Optimization;

/// <summary>
/// Adam with decoupled weight decay: m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², θ ← θ − η·[m̂ / (√v̂ + ε) + δθ], with m̂ = m/(1 − β₁ᵗ) and
/// v̂ = v/(1 − β₂ᵗ) (D. Kingma, J. Ba, Adam, 2015; I. Loshchilov, F. Hutter, Decoupled weight decay regularization, 2019).
/// </summary>
/// <remarks>J's penalty is in g. Decay beside the scaled gradient is not a penalty's gradient: with δ above 0 the fit ends elsewhere than J's minimum.</remarks>
internal sealed class AdamW(int length, double decay) : IStepRule
{
    private const double FirstDecay = 0.9, SecondDecay = 0.999;
    private const float Least = 1e-8f;

    private readonly float[] first = new float[length];
    private readonly float[] second = new float[length];

    public float[][] Memory => [first, second];

    public void Step(float[] numbers, float[] gradient, long number, double size, int threads)
    {
        float a = (float)FirstDecay, b = (float)SecondDecay, restA = (float)(1 - FirstDecay), restB = (float)(1 - SecondDecay);
        float scale = (float)(1 / (1 - Power(FirstDecay, number + 1))), scaleSquare = (float)(1 / (1 - Power(SecondDecay, number + 1)));
        float step = (float)size, shrink = (float)decay;
        StepPieces.For(length, threads, (from, to) =>
        {
            Vector256<float> least = Vector256.Create(Least);
            for (int i = from; i < to; i += Vector256<float>.Count)
            {
                Vector256<float> g = Vector256.LoadUnsafe(ref gradient[i]), theta = Vector256.LoadUnsafe(ref numbers[i]);
                Vector256<float> m = (Vector256.LoadUnsafe(ref first[i]) * a) + (g * restA);
                Vector256<float> v = (Vector256.LoadUnsafe(ref second[i]) * b) + (g * g * restB);
                m.StoreUnsafe(ref first[i]);
                v.StoreUnsafe(ref second[i]);
                Vector256<float> move = (m * scale / (Vector256.Sqrt(v * scaleSquare) + least)) + (theta * shrink);
                (theta - (move * step)).StoreUnsafe(ref numbers[i]);
            }
        });
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
