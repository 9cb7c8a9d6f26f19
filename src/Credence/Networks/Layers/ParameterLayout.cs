namespace Credence.Networks.Layers;

/// <summary>How a block of parameters is learned.</summary>
internal enum ParameterRole
{
    /// <summary>By its gradient, with weight decay.</summary>
    Weight,

    /// <summary>By its gradient, without weight decay: biases, scales.</summary>
    Bias,

    /// <summary>As a moving average of what the chunks of a batch measure.</summary>
    Average,
}

/// <summary>Parameters that stand beside each other.</summary>
/// <param name="Start">The first.</param>
/// <param name="Count">How many.</param>
/// <param name="Sums">Where a chunk adds its part of the gradient; −1 where the layer computes the gradient of a whole batch.</param>
/// <param name="Role">How they are learned.</param>
internal sealed record ParameterBlock(int Start, int Count, int Sums, ParameterRole Role)
{
    /// <summary>The value before training, or the mean of it.</summary>
    public double Initial { get; init; }

    /// <summary>The standard deviation of the values before training; of uniform ones, the largest distance from the mean.</summary>
    public double Deviation { get; init; }

    /// <summary>Whether the values before training are uniform, not normal.</summary>
    public bool IsUniform { get; init; }

    /// <summary>The factor on the learning rate.</summary>
    public double RateFactor { get; init; } = 1;
}

/// <summary>The parameters of a network, in one vector.</summary>
internal sealed class ParameterLayout
{
    private readonly List<ParameterBlock> blocks = [];

    /// <summary>The blocks, in the order they were added.</summary>
    public IReadOnlyList<ParameterBlock> Blocks => blocks;

    /// <summary>The number of parameters.</summary>
    public int Count { get; private set; }

    /// <summary>The number of gradients that are summed over chunks.</summary>
    public int Sums { get; private set; }

    /// <summary>Adds a block whose gradient is summed over chunks.</summary>
    public ParameterBlock AddSummed(int count, ParameterRole role, double initial = 0, double deviation = 0, double rateFactor = 1) =>
        Add(new ParameterBlock(Count, count, Sums, role) { Initial = initial, Deviation = deviation, RateFactor = rateFactor });

    /// <summary>Adds a block of values uniform on ± <paramref name="range"/>, whose gradient is summed over chunks.</summary>
    public ParameterBlock AddUniform(int count, ParameterRole role, double range, double rateFactor) =>
        Add(new ParameterBlock(Count, count, Sums, role) { Deviation = range, IsUniform = true, RateFactor = rateFactor });

    /// <summary>Adds a block whose gradient its layer computes of a whole batch.</summary>
    public ParameterBlock AddWhole(int count, ParameterRole role, double deviation, double rateFactor = 1) =>
        Add(new ParameterBlock(Count, count, -1, role) { Deviation = deviation, RateFactor = rateFactor });

    private ParameterBlock Add(ParameterBlock block)
    {
        blocks.Add(block);
        Count = checked(Count + block.Count);
        if (block.Sums >= 0)
            Sums += block.Count;

        return block;
    }
}
