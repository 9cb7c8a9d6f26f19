using Credence.Numerics;

namespace Credence.Optimization;

/// <summary>Adam with decoupled weight decay: <see cref="AdamUpdate"/>.</summary>
/// <remarks>The gradient g includes J's penalty. Decoupled decay is not the gradient of a penalty: with δ above 0 the fit does not converge
/// to J's minimum.</remarks>
internal sealed class AdamW(int length, double decay) : IStepRule
{
    private readonly float[] first = new float[length];
    private readonly float[] second = new float[length];

    public float[][] Memory => [first, second];

    public void Step(float[] numbers, float[] gradient, long number, double size, int maxThreads) =>
        StepPieces.For(length, maxThreads, (from, to) =>
        {
            int count = to - from;
            AdamUpdate.Apply(
                numbers.AsSpan(from, count), gradient.AsSpan(from, count), first.AsSpan(from, count), second.AsSpan(from, count),
                    number + 1, size, decay);
        });
}
