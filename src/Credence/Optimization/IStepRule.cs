namespace Credence.Optimization;

/// <summary>Updates parameters by their gradient. <see cref="Memory"/> holds the state of earlier steps, so that a fit can resume from a
/// checkpoint.</summary>
internal interface IStepRule
{
    /// <summary>The state, of the padded length of the parameters.</summary>
    float[][] Memory { get; }

    /// <summary>Takes a step.</summary>
    /// <param name="numbers">The parameters; their length is a multiple of eight.</param>
    /// <param name="gradient">The gradient of the objective, of the same length.</param>
    /// <param name="number">The number of earlier steps.</param>
    /// <param name="size">The step size.</param>
    /// <param name="maxThreads">The maximum number of threads.</param>
    void Step(float[] numbers, float[] gradient, long number, double size, int maxThreads);
}
