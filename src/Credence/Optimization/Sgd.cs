using Credence.Numerics;

namespace Credence.Optimization;

/// <summary>Stochastic gradient descent with Nesterov momentum 0.9: <see cref="MomentumUpdate"/>.</summary>
internal sealed class Sgd(int length) : IStepRule
{
    private const float Momentum = 0.9f;

    private readonly float[] velocity = new float[length];

    public float[][] Memory => [velocity];

    public void Step(float[] numbers, float[] gradient, long number, double size, int maxThreads) =>
        StepPieces.For(length, maxThreads, (from, to) =>
            MomentumUpdate.Apply(
                numbers.AsSpan(from, to - from), gradient.AsSpan(from, to - from), velocity.AsSpan(from, to - from), (float)size,
                    Momentum));
}
