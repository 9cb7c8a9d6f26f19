namespace Credence.Networks.Training;

/// <summary>How a network is trained.</summary>
public sealed record NetworkOptions
{
    /// <summary>Passes over the rows.</summary>
    public int Epochs { get; init; } = 30;

    /// <summary>Rows of a step.</summary>
    public int BatchRows { get; init; } = 128;

    /// <summary>The largest learning rate: it rises to it over the first part of the steps and falls to 0 as a half cosine (L. Smith, N.
    /// Topin, Super-Convergence, 2017: one-cycle).</summary>
    public double LearningRate { get; init; } = 0.003;

    /// <summary>The share of the steps in which the learning rate rises.</summary>
    public double Rise { get; init; } = 0.25;

    /// <summary>The decay of weights in each step, times the learning rate.</summary>
    public double WeightDecay { get; init; } = 0.02;

    /// <summary>The largest norm of a step's gradient; a larger one is scaled down to it.</summary>
    public double MostNorm { get; init; } = 1;

    /// <summary>Epochs without a lower held-out log loss after which training ends; 0 for none.</summary>
    public int Patience { get; init; }

    /// <exception cref="ArgumentException">A value is out of range.</exception>
    internal void Check()
    {
        if (Epochs is < 1 or > 100_000 || BatchRows is < 1 or > 65_536 || !(LearningRate > 0) || double.IsInfinity(LearningRate)
            || Rise is not (>= 0 and < 1) || !(WeightDecay >= 0) || double.IsInfinity(WeightDecay) || !(MostNorm > 0) || Patience < 0)
        {
            throw new ArgumentException(
                $"Epochs {Epochs}, rows of a step {BatchRows}, learning rate {LearningRate}, rise {Rise}, weight decay "
                + $"{WeightDecay}, norm {MostNorm}, patience {Patience}: one of them is out of range.");
        }
    }

    /// <summary>The learning rate of a step.</summary>
    /// <param name="step">0 for the first.</param>
    /// <param name="steps">All steps.</param>
    internal double RateAt(long step, long steps)
    {
        double part = (step + 0.5) / steps;
        return LearningRate * (part < Rise ? part / Rise : 0.5 * (1 + Numerics.Cosine.Compute(Math.PI * (part - Rise) / (1 - Rise))));
    }
}
