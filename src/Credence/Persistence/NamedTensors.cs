using System.Runtime.InteropServices;

namespace Credence.Persistence;

/// <summary>Arrays by name, in the order they were added. They hold the parts of a model that are too large for JSON.
/// Each part writes its tensors under its own prefix and reads them back by the same names.</summary>
public sealed class NamedTensors
{
    private readonly Dictionary<string, NamedTensor> byName = new(StringComparer.Ordinal);
    private readonly List<NamedTensor> ordered = [];

    /// <summary>The tensors, in the order they were added.</summary>
    public IReadOnlyList<NamedTensor> All => ordered;

    /// <summary>Adds an array.</summary>
    /// <typeparam name="T">byte, int, long, float or double.</typeparam>
    /// <param name="name">A name that is not in use.</param>
    /// <param name="values">The values, row-major.</param>
    /// <param name="shape">The lengths of the dimensions; one dimension where it is omitted.</param>
    /// <exception cref="ArgumentException">The name is taken, or the shape's product is not the number of values.</exception>
    public void Add<T>(string name, ReadOnlySpan<T> values, params ReadOnlySpan<long> shape)
        where T : unmanaged
    {
        long[] dimensions = shape.IsEmpty ? [values.Length] : shape.ToArray();
        Add(new NamedTensor(name, NamedTensor.TypeName<T>(), dimensions, MemoryMarshal.AsBytes(values).ToArray()));
    }

    /// <summary>Adds a tensor as it is.</summary>
    public void Add(NamedTensor tensor)
    {
        if (!byName.TryAdd(tensor.Name, tensor))
            throw new ArgumentException($"There is already a tensor named '{tensor.Name}'.", nameof(tensor));

        ordered.Add(tensor);
    }

    /// <summary>The values of a tensor.</summary>
    /// <exception cref="InvalidDataException">There is no tensor of that name, type and length.</exception>
    public T[] Get<T>(string name, long expectedLength)
        where T : unmanaged
    {
        T[] values = Get<T>(name);
        return values.Length == expectedLength
            ? values
            : throw new InvalidDataException($"Tensor '{name}' has {values.Length} values, needs {expectedLength}.");
    }

    /// <summary>The values of a tensor of any length.</summary>
    /// <exception cref="InvalidDataException">There is no tensor of that name and type.</exception>
    public T[] Get<T>(string name)
        where T : unmanaged
    {
        if (!byName.TryGetValue(name, out NamedTensor? tensor))
            throw new InvalidDataException($"Tensor '{name}' is missing.");

        return tensor.Type == NamedTensor.TypeName<T>()
            ? MemoryMarshal.Cast<byte, T>(tensor.Bytes.Span).ToArray()
            : throw new InvalidDataException($"Tensor '{name}' is {tensor.Type}, needs {NamedTensor.TypeName<T>()}.");
    }
}
