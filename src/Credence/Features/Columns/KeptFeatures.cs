using Credence.Persistence;

namespace Credence.Features.Columns;

/// <summary>The elements of a wide column that vary between training rows, as increasing indices.</summary>
internal static class KeptFeatures
{
    /// <summary>Reads and checks the indices.</summary>
    /// <exception cref="InvalidDataException">They are absent, empty, not increasing, or not below <paramref name="width"/>.</exception>
    public static int[] Load(NamedTensors tensors, string name, int width)
    {
        int[] kept = tensors.Get<int>(name);
        int previous = -1;
        foreach (int element in kept)
        {
            if (element <= previous || element >= width)
                throw new InvalidDataException($"Tensor '{name}' has {element} after {previous}; indices must increase and stay below "
                    + $"{width}.");

            previous = element;
        }

        return kept.Length > 0 ? kept : throw new InvalidDataException($"Tensor '{name}' is empty; it needs at least one index.");
    }
}
