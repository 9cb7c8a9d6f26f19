using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace Credence.Numerics;

/// <summary>The checks of kernels' arguments: before anything is written, with the numbers in the message.</summary>
internal static class Shape
{
    /// <summary>The number of rows in a row-major matrix.</summary>
    public static int Rows(int length, int columns, string name)
    {
        if (columns < 0 || (columns == 0 && length != 0) || (columns > 0 && length % columns != 0))
            ThrowRagged(length, columns, name);

        return columns == 0 ? 0 : length / columns;
    }

    /// <summary>Checks that a span has room for what is asked.</summary>
    public static void AtLeast(long length, long needed, string name)
    {
        if (length < needed)
            throw new ArgumentException($"'{name}' has length {length}, needs at least {needed}.", name);
    }

    /// <summary>Checks that a span has exactly the length asked.</summary>
    public static void Exactly(long length, long needed, string name)
    {
        if (length != needed)
            throw new ArgumentException($"'{name}' has length {length}, needs {needed}.", name);
    }

    /// <summary>Checks that an output begins exactly where its input does, or shares no memory with it.</summary>
    public static void SameOrApart<T>(ReadOnlySpan<T> input, ReadOnlySpan<T> output, string name)
    {
        if (input.Overlaps(output, out int offset) && offset != 0)
        {
            throw new ArgumentException(
                $"'{name}' overlaps its input by an offset of {offset} elements; it must be the same memory or share none.", name);
        }
    }

    /// <summary>Checks that an output shares no memory with an input.</summary>
    public static void Apart<T>(ReadOnlySpan<T> input, ReadOnlySpan<T> output, string name)
    {
        if (input.Overlaps(output))
            throw new ArgumentException($"'{name}' shares memory with an input; it must be memory of its own.", name);
    }

    /// <summary>Checks a temperature.</summary>
    public static void Temperature(double temperature)
    {
        if (!(temperature > 0) || double.IsInfinity(temperature))
            throw new ArgumentOutOfRangeException(nameof(temperature), temperature, "The temperature must be positive and finite.");
    }

    /// <summary>What logits are multiplied by for a temperature, which is checked: 1 / temperature, finite.</summary>
    public static T Scale<T>(T temperature)
        where T : IBinaryFloatingPointIeee754<T>
    {
        Temperature(double.CreateTruncating(temperature));
        T scale = T.One / temperature;
        return T.IsFinite(scale) ? scale : T.BitDecrement(scale);
    }

    /// <summary>Checks that labels are classes.</summary>
    public static void Labels(ReadOnlySpan<int> labels, int classes)
    {
        for (int row = 0; row < labels.Length; row++)
        {
            if ((uint)labels[row] >= (uint)classes)
            {
                throw new ArgumentException(
                    $"Row {row} has label {labels[row]}; with {classes} classes labels go from 0 to {classes - 1}.", nameof(labels));
            }
        }
    }

    [DoesNotReturn]
    private static void ThrowRagged(int length, int columns, string name) =>
        throw new ArgumentException($"'{name}' has length {length}, which is no multiple of {columns} columns.", name);
}
