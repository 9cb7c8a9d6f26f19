using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Credence.Numerics;

/// <summary>Argument checks of kernels, made before anything is written, with the numbers in the message.</summary>
internal static class Shape
{
    /// <summary>The number of rows in a row-major matrix.</summary>
    public static int Rows(int length, int columns, string name)
    {
        if (columns < 0 || (columns == 0 && length != 0) || (columns > 0 && length % columns != 0))
            ThrowRagged(length, columns, name);

        return columns == 0 ? 0 : length / columns;
    }

    /// <summary>Checks that a span has a minimum length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AtLeast(long length, long needed, string name)
    {
        if (length < needed)
            ThrowShort(length, needed, name);
    }

    /// <summary>Checks that a span has an exact length.</summary>
    public static void Exactly(long length, long needed, string name)
    {
        if (length != needed)
            throw new ArgumentException($"'{name}' has length {length}, needs {needed}.", name);
    }

    /// <summary>Checks that an output begins exactly where its input does, or shares no memory with it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SameOrApart<T>(ReadOnlySpan<T> input, ReadOnlySpan<T> output, string name)
    {
        if (!Unsafe.AreSame(ref MemoryMarshal.GetReference(input), ref MemoryMarshal.GetReference(output)) && input.Overlaps(output))
            ThrowOffset(input, output, name);
    }

    /// <summary>Checks that an output shares no memory with an input.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apart<T>(ReadOnlySpan<T> input, ReadOnlySpan<T> output, string name)
    {
        if (input.Overlaps(output))
            ThrowShared(name);
    }

    /// <summary>Checks a temperature.</summary>
    public static void Temperature(double temperature)
    {
        if (!(temperature > 0) || double.IsInfinity(temperature))
            throw new ArgumentOutOfRangeException(nameof(temperature), temperature, "The temperature must be positive and finite.");
    }

    /// <summary>The factor on logits for a temperature, which is checked: 1 / temperature, finite.</summary>
    public static T Scale<T>(T temperature)
        where T : IBinaryFloatingPointIeee754<T>
    {
        Temperature(double.CreateTruncating(temperature));
        T scale = T.One / temperature;
        return T.IsFinite(scale) ? scale : T.BitDecrement(scale);
    }

    /// <summary>Checks that labels are valid class indices.</summary>
    public static void Labels(ReadOnlySpan<int> labels, int classes)
    {
        for (int row = 0; row < labels.Length; row++)
        {
            if ((uint)labels[row] >= (uint)classes)
            {
                throw new ArgumentException(
                    $"Row {row} has label {labels[row]}; with {classes} classes labels must be 0 to {classes - 1}.", nameof(labels));
            }
        }
    }

    /// <summary>The place of the first index that is negative or not below a limit, or −1.</summary>
    public static int FirstAtLeast(ReadOnlySpan<int> indices, int limit)
    {
        int e = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            // Unsigned, so that a negative index becomes a large one; only blocks with a wrong index are searched.
            ReadOnlySpan<Vector512<uint>> vectors = MemoryMarshal.Cast<int, Vector512<uint>>(indices);
            var bound = Vector512.Create((uint)limit);
            int v = 0;
            for (; v + 4 <= vectors.Length; v += 4)
            {
                Vector512<uint> most = Vector512.Max(Vector512.Max(vectors[v], vectors[v + 1]),
                    Vector512.Max(vectors[v + 2], vectors[v + 3]));
                if (Vector512.GreaterThanOrEqualAny(most, bound))
                    break;
            }

            e = v * Vector512<uint>.Count;
        }

        for (; e < indices.Length; e++)
        {
            if ((uint)indices[e] >= (uint)limit)
                return e;
        }

        return -1;
    }

    [DoesNotReturn]
    private static void ThrowShort(long length, long needed, string name) =>
        throw new ArgumentException($"'{name}' has length {length}, needs at least {needed}.", name);

    [DoesNotReturn]
    private static void ThrowOffset<T>(ReadOnlySpan<T> input, ReadOnlySpan<T> output, string name)
    {
        input.Overlaps(output, out int offset);
        throw new ArgumentException(
            $"'{name}' overlaps its input by an offset of {offset} elements; it must be the same memory or not overlap.", name);
    }

    [DoesNotReturn]
    private static void ThrowShared(string name) =>
        throw new ArgumentException($"'{name}' shares memory with an input; it must not overlap any input.", name);

    [DoesNotReturn]
    private static void ThrowRagged(int length, int columns, string name) =>
        throw new ArgumentException($"'{name}' has length {length}, which is not a multiple of {columns} columns.", name);
}
