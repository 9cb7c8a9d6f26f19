using System.Text;

namespace Credence.Data.Columns;

/// <summary>Free text, one string per row, stored as UTF-8 in one block: half the memory of strings, and no object per row.</summary>
/// <param name="name">The column's name.</param>
/// <param name="utf8">All rows' bytes, one after the other; the column takes ownership.</param>
/// <param name="starts">Rows + 1 offsets into <paramref name="utf8"/>; row <c>i</c> is the bytes from <c>starts[i]</c> to <c>starts[i +
/// 1]</c>.</param>
public sealed class TextColumn(string name, byte[] utf8, int[] starts) : IColumn
{
    private readonly byte[] utf8 = utf8 ?? throw new ArgumentNullException(nameof(utf8));
    private readonly int[] starts = CellLengths.Starts(starts, utf8.Length);

    /// <inheritdoc/>
    public string Name { get; } = name ?? throw new ArgumentNullException(nameof(name));

    /// <inheritdoc/>
    public ColumnKind Kind => ColumnKind.Text;

    /// <inheritdoc/>
    public int Count => starts.Length - 1;

    /// <summary>The UTF-8 bytes of a row; empty where missing.</summary>
    public ReadOnlySpan<byte> Utf8(int row) => utf8.AsSpan(starts[row], starts[row + 1] - starts[row]);

    /// <summary>The text of a row; empty where missing.</summary>
    public string this[int row] => Encoding.UTF8.GetString(Utf8(row));

    /// <inheritdoc/>
    public int MissingCells(int row) => Utf8(row).IsEmpty ? 1 : 0;

    /// <inheritdoc/>
    public IColumn Select(ReadOnlySpan<int> rows)
    {
        var chosenStarts = new int[rows.Length + 1];
        for (int i = 0; i < rows.Length; i++)
            chosenStarts[i + 1] = checked(chosenStarts[i] + Utf8(rows[i]).Length);

        var chosen = new byte[chosenStarts[^1]];
        for (int i = 0; i < rows.Length; i++)
            Utf8(rows[i]).CopyTo(chosen.AsSpan(chosenStarts[i]));

        return new TextColumn(Name, chosen, chosenStarts);
    }

    /// <summary>Makes the column from strings; null counts as empty.</summary>
    public static TextColumn FromStrings(string name, IReadOnlyList<string?> values)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(values);
        var starts = new int[values.Count + 1];
        for (int i = 0; i < values.Count; i++)
            starts[i + 1] = checked(starts[i] + Encoding.UTF8.GetByteCount(values[i] ?? ""));

        var utf8 = new byte[starts[^1]];
        for (int i = 0; i < values.Count; i++)
            Encoding.UTF8.GetBytes(values[i] ?? "", utf8.AsSpan(starts[i]));

        return new TextColumn(name, utf8, starts);
    }

    /// <inheritdoc/>
    public long Bytes => Enumerable.Range(0, Count).Sum(row => sizeof(int) + (long)Utf8(row).Length);

    /// <inheritdoc/>
    public bool IsWritten => true;

    /// <inheritdoc/>
    public IColumn Rename(string name) => new TextColumn(name, utf8, starts);

    /// <inheritdoc/>
    public IColumn Append(IReadOnlyList<IColumn> others)
    {
        (byte[] all, int[] allStarts) = CellConcatenation.Join(this, others, (column, row) => column.Utf8(row));
        return new TextColumn(Name, all, allStarts);
    }

    /// <inheritdoc/>
    public void MixInto(Span<ulong> hashes)
    {
        for (int row = 0; row < hashes.Length; row++)
            hashes[row] = ByteHash.Mix(hashes[row], Utf8(row));
    }

    /// <inheritdoc/>
    public string Describe(int row) => this[row];

    /// <inheritdoc/>
    public string?[] Texts() => [.. Enumerable.Range(0, Count).Select(row => this[row] is { Length: > 0 } text ? text : null)];
}
