using System.Runtime.Intrinsics;

namespace Credence.Optimization;

/// <summary>
/// Stochastic gradient descent with Nesterov's momentum: v ← μv + g and θ ← θ − η·(g + μv), μ = 0.9
/// (Y. Nesterov, 1983; in this form I. Sutskever et al., On the importance of initialization and momentum in deep learning, 2013).
/// </summary>
internal sealed class Sgd(int length) : IStepRule
{
    private const float Momentum = 0.9f;

    private readonly float[] velocity = new float[length];

    public float[][] Memory => [velocity];

    public void Step(float[] numbers, float[] gradient, long number, double size, int threads)
    {
        float step = (float)size;
        StepPieces.For(length, threads, (from, to) =>
        {
            for (int i = from; i < to; i += Vector256<float>.Count)
            {
                Vector256<float> theta = Vector256.LoadUnsafe(ref numbers[i]);
                Vector256<float> g = Vector256.LoadUnsafe(ref gradient[i]);
                Vector256<float> v = (Vector256.LoadUnsafe(ref velocity[i]) * Momentum) + g;
                v.StoreUnsafe(ref velocity[i]);
                (theta - ((g + (v * Momentum)) * step)).StoreUnsafe(ref numbers[i]);
            }
        });
    }
}
