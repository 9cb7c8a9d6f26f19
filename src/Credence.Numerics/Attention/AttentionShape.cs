namespace Credence.Numerics;

/// <summary>The shape of attention, and which keys each query attends to.</summary>
/// <param name="Heads">The number of independent heads; a batch multiplies it.</param>
/// <param name="Queries">The number of queries per head.</param>
/// <param name="Keys">The number of keys, and of values, per head.</param>
/// <param name="Depth">The length of a query, key and value.</param>
public readonly record struct AttentionShape(int Heads, int Queries, int Keys, int Depth)
{
    /// <summary>
    /// Whether a query attends only to keys up to its own position. The queries are the last tokens: query i attends to the keys 0 to
    /// i + <see cref="Keys"/> − <see cref="Queries"/>.
    /// </summary>
    public bool Causal { get; init; }

    /// <summary>The factor on the queries; 1 / √<see cref="Depth"/> where it is null.</summary>
    public double? Scale { get; init; }

    /// <summary>The factor in use.</summary>
    internal double Factor => Scale ?? (1 / Math.Sqrt(Math.Max(1, Depth)));

    /// <summary>The number of first keys that a query attends to.</summary>
    internal int Visible(int query) => Causal ? Math.Clamp(query + 1 + Keys - Queries, 0, Keys) : Keys;

    /// <summary>Checks the numbers.</summary>
    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Heads);
        ArgumentOutOfRangeException.ThrowIfNegative(Queries);
        ArgumentOutOfRangeException.ThrowIfNegative(Keys);
        ArgumentOutOfRangeException.ThrowIfNegative(Depth);
        if (!double.IsFinite(Factor))
            throw new ArgumentOutOfRangeException(nameof(Scale), Factor, "The scale must be finite.");
    }
}
