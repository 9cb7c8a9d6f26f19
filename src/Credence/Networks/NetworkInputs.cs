using Credence.Persistence;

namespace Credence.Networks;

/// <summary>How features become a network's input: each is centred, scaled and put in its place; places without a feature are 0.</summary>
/// <remarks>A clipped number x becomes x/√(1 + (x/3)²), which an outlier can't carry far.</remarks>
internal sealed class NetworkInputs
{
    private readonly int[] places;
    private readonly float[] centers, factors;
    private readonly bool[] isClipped;

    /// <summary>One entry for each feature.</summary>
    /// <param name="size">The number of inputs.</param>
    /// <param name="places">The input of each feature, no two the same.</param>
    /// <param name="centers">What is subtracted.</param>
    /// <param name="factors">By what it is multiplied then.</param>
    /// <param name="isClipped">Whether it is clipped.</param>
    public NetworkInputs(int size, int[] places, float[] centers, float[] factors, bool[] isClipped)
    {
        (Size, this.places, this.centers, this.factors, this.isClipped) = (size, places, centers, factors, isClipped);
    }

    /// <summary>The number of inputs.</summary>
    public int Size { get; }

    /// <summary>The number of features.</summary>
    public int Features => places.Length;

    /// <summary>The inputs of a row.</summary>
    /// <param name="features">[features].</param>
    /// <param name="inputs">[size], overwritten.</param>
    public void Fill(ReadOnlySpan<float> features, Span<float> inputs)
    {
        if (Size > places.Length)
            inputs.Clear();

        for (int j = 0; j < places.Length; j++)
        {
            float x = (features[j] - centers[j]) * factors[j];
            inputs[places[j]] = isClipped[j] ? x / MathF.Sqrt(1 + (x * x / 9)) : x;
        }
    }

    /// <summary>Adds each feature's part of a gradient in the inputs.</summary>
    /// <param name="features">[features]: where the gradient was taken.</param>
    /// <param name="gradient">[size]: the gradient in the inputs.</param>
    /// <param name="sums">[features].</param>
    public void AddGradient(ReadOnlySpan<float> features, ReadOnlySpan<double> gradient, Span<double> sums)
    {
        for (int j = 0; j < places.Length; j++)
        {
            double slope = gradient[places[j]] * factors[j];
            if (isClipped[j])
            {
                // The derivative of x/√(1 + (x/3)²) is (1 + (x/3)²)^(−3/2).
                double x = ((double)features[j] - centers[j]) * factors[j], root = 1 / Math.Sqrt(1 + (x * x / 9));
                slope *= root * root * root;
            }

            sums[j] += slope;
        }
    }

    /// <summary>Writes the entries as tensors under a prefix.</summary>
    public void Save(NamedTensors tensors, string prefix)
    {
        tensors.Add<int>(prefix + "places", places);
        tensors.Add<float>(prefix + "centers", centers);
        tensors.Add<float>(prefix + "factors", factors);
        tensors.Add<byte>(prefix + "clipped", [.. isClipped.Select(clipped => clipped ? (byte)1 : (byte)0)]);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Something is missing, a place is outside or taken twice, or a number is not
    /// finite.</exception>
    public static NetworkInputs Load(NamedTensors tensors, string prefix, int features, int size)
    {
        int[] places = tensors.Get<int>(prefix + "places", features);
        float[] centers = tensors.Get<float>(prefix + "centers", features), factors = tensors.Get<float>(prefix + "factors", features);
        bool[] clipped = [.. tensors.Get<byte>(prefix + "clipped", features).Select(flag => flag != 0)];
        var taken = new bool[size];
        foreach (int place in places)
        {
            if (place < 0 || place >= size || taken[place])
                throw new InvalidDataException($"The model's network has a feature at input {place} of {size}, outside or taken twice.");

            taken[place] = true;
        }

        return Array.TrueForAll(centers, float.IsFinite) && Array.TrueForAll(factors, float.IsFinite)
            ? new NetworkInputs(size, places, centers, factors, clipped)
            : throw new InvalidDataException("The model's network has an input whose centre or factor is not finite.");
    }
}
