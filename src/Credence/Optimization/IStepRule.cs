namespace Credence.Optimization;

/// <summary>Moves numbers by their gradient. What it remembers of earlier steps is <see cref="Memory"/>, so that a fit can go on from a checkpoint.</summary>
internal interface IStepRule
{
    /// <summary>What is remembered, as long as the numbers are padded.</summary>
    float[][] Memory { get; }

    /// <summary>Makes a step.</summary>
    /// <param name="numbers">The numbers, of a length that is a multiple of eight.</param>
    /// <param name="gradient">The gradient of the objective, as long.</param>
    /// <param name="number">How many steps were made before.</param>
    /// <param name="size">The step's size.</param>
    /// <param name="threads">The most threads to use.</param>
    void Step(float[] numbers, float[] gradient, long number, double size, int threads);
}
