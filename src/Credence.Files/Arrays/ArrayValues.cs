using System.Globalization;
using Credence.Numerics;

namespace Credence.Files.Arrays;

/// <summary>An array of numbers, or of texts, read from a file.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Shape">The lengths of its dimensions.</param>
/// <param name="Values">byte[], long[], float[], double[] or string[], row-major.</param>
internal sealed record ArrayValues(string Name, int[] Shape, Array Values)
{
    private const int PieceValues = 1 << 18;

    /// <summary>The number of rows: the first dimension.</summary>
    public int Rows => Shape.Length == 0 ? 1 : Shape[0];

    /// <summary>The values of a row.</summary>
    public int Width => Rows == 0 ? 0 : Values.Length / Rows;

    /// <summary>The approximate memory of the values.</summary>
    public long BytesInMemory => Values is string[] texts ? texts.Sum(text => 32 + (2L * text.Length)) : Values.LongLength * Values switch
    {
        byte[] => sizeof(byte),
        float[] => sizeof(float),
        _ => sizeof(double),
    };

    /// <summary>The shape in messages.</summary>
    public string ShapeText => $"[{string.Join(", ", Shape)}]";

    /// <summary>The values as doubles.</summary>
    /// <exception cref="InvalidDataException">They are texts.</exception>
    public double[] Doubles() => Values switch
    {
        double[] values => values,
        float[] values => Widened(values),
        long[] values => Array.ConvertAll(values, value => (double)value),
        byte[] values => Array.ConvertAll(values, value => (double)value),
        _ => throw new InvalidDataException($"array '{Name}' holds texts; numbers are needed."),
    };

    private static double[] Widened(float[] values)
    {
        double[] wide = LargeArray.Uninitialized<double>(values.Length);
        Widen(values, wide);
        return wide;
    }

    /// <summary>Writes floats as doubles.</summary>
    public static void Widen(ReadOnlyMemory<float> values, Memory<double> wide) =>
        Chunks.For(Chunks.Count(values.Length, PieceValues), 0, piece =>
    {
        int from = piece * PieceValues, size = Math.Min(PieceValues, values.Length - from);
        ReadOnlySpan<float> narrow = values.Span.Slice(from, size);
        Span<double> into = wide.Span.Slice(from, size);
        for (int i = 0; i < into.Length; i++)
            into[i] = narrow[i];
    });

    /// <summary>The values as floats.</summary>
    /// <exception cref="InvalidDataException">They are texts.</exception>
    public float[] Floats() => Values switch
    {
        float[] values => values,
        double[] values => Array.ConvertAll(values, value => (float)value),
        long[] values => Array.ConvertAll(values, value => (float)(double)value),
        byte[] values => Array.ConvertAll(values, value => (float)value),
        _ => throw new InvalidDataException($"array '{Name}' holds texts; numbers are needed."),
    };

    /// <summary>The values as texts, whole numbers without a point.</summary>
    public string[] Texts() => Values switch
    {
        string[] values => values,
        long[] values => Array.ConvertAll(values, value => value.ToString(CultureInfo.InvariantCulture)),
        byte[] values => Array.ConvertAll(values, value => value.ToString(CultureInfo.InvariantCulture)),
        _ => Array.ConvertAll(Doubles(), value => value.ToString("R", CultureInfo.InvariantCulture)),
    };

    /// <summary>The same values row-major, where they were column-major.</summary>
    public static Array Transposed(Array values, int[] shape)
    {
        var transposed = Array.CreateInstance(values.GetType().GetElementType()!, values.Length);
        switch (values)
        {
            case byte[] source:
                Transpose(source, (byte[])transposed, shape);
                break;
            case long[] source:
                Transpose(source, (long[])transposed, shape);
                break;
            case float[] source:
                Transpose(source, (float[])transposed, shape);
                break;
            case double[] source:
                Transpose(source, (double[])transposed, shape);
                break;
            case string[] source:
                Transpose(source, (string[])transposed, shape);
                break;
        }

        return transposed;
    }

    private static void Transpose<T>(T[] source, T[] target, int[] shape)
    {
        // Walks the target in order, counting up the last index fastest; the source's strides grow from the first.
        var index = new int[shape.Length];
        var strides = new long[shape.Length];
        long stride = 1;
        for (int d = 0; d < shape.Length; d++)
        {
            strides[d] = stride;
            stride *= shape[d];
        }

        long from = 0;
        for (int to = 0; to < target.Length; to++)
        {
            target[to] = source[from];
            for (int d = shape.Length - 1; d >= 0; d--)
            {
                from += strides[d];
                if (++index[d] < shape[d])
                    break;

                from -= strides[d] * shape[d];
                index[d] = 0;
            }
        }
    }
}
