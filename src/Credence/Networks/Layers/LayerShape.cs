namespace Credence.Networks.Layers;

/// <summary>The shape of one row between layers, channels innermost: a picture; a sequence, of height 1; a vector, of height and width
/// 1.</summary>
/// <param name="Height">Rows of a picture.</param>
/// <param name="Width">Columns of a picture, or places of a sequence.</param>
/// <param name="Channels">Values at each place.</param>
public readonly record struct LayerShape(int Height, int Width, int Channels)
{
    /// <summary>The number of values.</summary>
    public int Size => checked(Height * Width * Channels);

    /// <summary>The number of places.</summary>
    public int Places => Height * Width;

    /// <summary>A vector.</summary>
    public static LayerShape Vector(int length) => new(1, 1, length);

    /// <summary>"28 × 28 × 16", or "128" for a vector.</summary>
    public override string ToString() =>
        Places == 1 ? $"{Channels}" : Height == 1 ? $"{Width} × {Channels}" : $"{Height} × {Width} × {Channels}";
}
