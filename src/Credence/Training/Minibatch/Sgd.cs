using System.Runtime.Intrinsics;

namespace Credence.Training.Minibatch;

/// <summary>
/// Stochastic gradient descent with Nesterov's momentum: with h = g + λθ, v ← μv + h and θ ← θ − η·(h + μv), μ = 0.9
/// (Y. Nesterov, 1983; in this form I. Sutskever et al., On the importance of initialization and momentum in deep learning, 2013).
/// </summary>
internal sealed class Sgd(int length) : IStepRule
{
    private const float Momentum = 0.9f;

    private readonly float[] velocity = new float[length];

    public float[][] Memory => [velocity];

    public void Step(float[] numbers, float[] gradient, long number, double size, double decay, int threads)
    {
        float step = (float)size, pull = (float)decay;
        StepPieces.For(length, threads, (from, to) =>
        {
            for (int i = from; i < to; i += Vector256<float>.Count)
            {
                Vector256<float> theta = Vector256.LoadUnsafe(ref numbers[i]);
                Vector256<float> h = Vector256.LoadUnsafe(ref gradient[i]) + (theta * pull);
                Vector256<float> v = (Vector256.LoadUnsafe(ref velocity[i]) * Momentum) + h;
                v.StoreUnsafe(ref velocity[i]);
                (theta - ((h + (v * Momentum)) * step)).StoreUnsafe(ref numbers[i]);
            }
        });
    }
}
