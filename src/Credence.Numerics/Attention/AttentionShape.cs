namespace Credence.Numerics;

/// <summary>What attention is computed over, and what each query may see.</summary>
/// <param name="Heads">Heads, each on its own; a batch is so many more of them.</param>
/// <param name="Queries">Queries a head.</param>
/// <param name="Keys">Keys a head, and as many values.</param>
/// <param name="Depth">Numbers in a query, a key and a value.</param>
public readonly record struct AttentionShape(int Heads, int Queries, int Keys, int Depth)
{
    /// <summary>
    /// Whether a query sees no key that comes after it. The queries are the last of the tokens: query i sees the keys 0 to
    /// i + <see cref="Keys"/> − <see cref="Queries"/>.
    /// </summary>
    public bool Causal { get; init; }

    /// <summary>What queries are multiplied by before anything else; 1 / √<see cref="Depth"/> where it is not given.</summary>
    public double? Scale { get; init; }

    /// <summary>The factor in use.</summary>
    internal double Factor => Scale ?? (1 / Math.Sqrt(Math.Max(1, Depth)));

    /// <summary>How many of the first keys a query may see.</summary>
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
