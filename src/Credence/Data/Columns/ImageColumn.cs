namespace Credence.Data.Columns;

/// <summary>Images of one size, one per row.</summary>
/// <param name="name">The column's name.</param>
/// <param name="pixels">[rows, height, width, channels], row-major, 0 to 255. The column takes ownership.</param>
/// <param name="rows">The number of rows.</param>
/// <param name="height">Height in pixels.</param>
/// <param name="width">Width in pixels.</param>
/// <param name="channels">1 for grey, 3 for red, green, blue.</param>
public sealed class ImageColumn(string name, byte[] pixels, int rows, int height, int width, int channels) : IColumn
{
    private readonly byte[] pixels = CellLengths.Shaped(pixels, rows, height, width, channels);

    /// <inheritdoc/>
    public string Name { get; } = name ?? throw new ArgumentNullException(nameof(name));

    /// <inheritdoc/>
    public ColumnKind Kind => ColumnKind.Image;

    /// <inheritdoc/>
    public int Count { get; } = rows;

    /// <summary>Height in pixels.</summary>
    public int Height { get; } = height;

    /// <summary>Width in pixels.</summary>
    public int Width { get; } = width;

    /// <summary>1 for grey, 3 for red, green, blue.</summary>
    public int Channels { get; } = channels;

    /// <summary>Bytes per row.</summary>
    public int Size => Height * Width * Channels;

    private ReadOnlySpan<byte> Pixels => pixels.AsSpan(0, checked(Count * Size));

    /// <summary>The pixels of a row: [height, width, channels].</summary>
    public ReadOnlySpan<byte> Row(int row) => pixels.AsSpan(checked(row * Size), Size);

    /// <inheritdoc/>
    public IColumn Select(ReadOnlySpan<int> rows) =>
        new ImageColumn(Name, Gather.Rows(pixels, rows, Size), rows.Length, Height, Width, Channels);

    /// <inheritdoc/>
    public IReadOnlyList<int> Shape => [Height, Width, Channels];

    /// <inheritdoc/>
    public long Bytes => (long)Size * Count;

    /// <inheritdoc/>
    public IColumn Rename(string name) => new ImageColumn(name, pixels, Count, Height, Width, Channels);

    /// <inheritdoc/>
    public IColumn Append(IReadOnlyList<IColumn> others)
    {
        byte[] all = CellConcatenation.Join(this, others, column => column.Pixels);
        return new ImageColumn(Name, all, Count + others.Sum(other => other.Count), Height, Width, Channels);
    }

    /// <inheritdoc/>
    public void MixInto(Span<ulong> hashes)
    {
        for (int row = 0; row < hashes.Length; row++)
            hashes[row] = ByteHash.Mix(hashes[row], Row(row));
    }

    /// <inheritdoc/>
    public string Describe(int row) => $"of {Width} × {Height} pixels";
}
