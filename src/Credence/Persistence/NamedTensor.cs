namespace Credence.Persistence;

/// <summary>An array with a name, a type and a shape, as little-endian bytes.</summary>
public sealed class NamedTensor
{
    /// <summary>Makes a tensor from bytes.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">U8, I32, I64, F32 or F64, as in the safetensors format.</param>
    /// <param name="shape">The lengths of the dimensions.</param>
    /// <param name="bytes">The values, row-major, little-endian.</param>
    /// <exception cref="ArgumentException">The shape and the number of bytes disagree.</exception>
    public NamedTensor(string name, string type, long[] shape, ReadOnlyMemory<byte> bytes)
    {
        long count = 1;
        foreach (long length in shape)
            count = checked(count * length);

        if (checked(count * SizeOf(type)) != bytes.Length)
        {
            throw new ArgumentException(
                $"Tensor '{name}' of type {type} and shape [{string.Join(", ", shape)}] "
                    + $"needs {count * SizeOf(type)} bytes, has {bytes.Length}.",
                nameof(bytes));
        }

        Name = name;
        Type = type;
        Shape = shape;
        Bytes = bytes;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>U8, I32, I64, F32 or F64.</summary>
    public string Type { get; }

    /// <summary>The lengths of the dimensions.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>The values, row-major, little-endian.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The size of a value of a type in bytes.</summary>
    /// <exception cref="ArgumentException">The type is none of the five.</exception>
    public static int SizeOf(string type) => type switch
    {
        "U8" => 1,
        "I32" or "F32" => 4,
        "I64" or "F64" => 8,
        _ => throw new ArgumentException($"Tensor type '{type}' is unknown; it must be U8, I32, I64, F32 or F64.", nameof(type)),
    };

    /// <summary>The safetensors name of a C# type.</summary>
    internal static string TypeName<T>() =>
        typeof(T) == typeof(byte) ? "U8"
        : typeof(T) == typeof(int) ? "I32"
        : typeof(T) == typeof(long) ? "I64"
        : typeof(T) == typeof(float) ? "F32"
        : typeof(T) == typeof(double) ? "F64"
        : throw new ArgumentException($"A tensor holds byte, int, long, float or double, not {typeof(T).Name}.");
}
