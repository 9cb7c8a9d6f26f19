using System.Text;
using Credence.Data.Columns;

namespace Credence.Files.Records;

/// <summary>Collects free text as UTF-8.</summary>
internal sealed class TextBuilder(string name) : IColumnBuilder
{
    private readonly List<int> starts = [0];
    private byte[] bytes = new byte[4096];

    /// <inheritdoc/>
    public string Expected => "text, with less than 2 GB in all";

    /// <inheritdoc/>
    public long Bytes => bytes.LongLength + (starts.Capacity * (long)sizeof(int));

    /// <inheritdoc/>
    public bool TryAdd(IRecords records, int field)
    {
        ReadOnlySpan<char> cell = field < 0 ? [] : records.Text(field);
        int used = starts[^1];
        long needed = used + ((long)cell.Length * 3);
        if (needed > bytes.Length)
        {
            if (used + (long)Encoding.UTF8.GetByteCount(cell) > Array.MaxLength)
                return false;

            Array.Resize(ref bytes, (int)Math.Min(Array.MaxLength, Math.Max(needed, bytes.LongLength * 2)));
        }

        starts.Add(used + Encoding.UTF8.GetBytes(cell, bytes.AsSpan(used)));
        return true;
    }

    /// <inheritdoc/>
    public IColumn Take()
    {
        var column = new TextColumn(name, bytes[..starts[^1]], [.. starts]);
        starts.Clear();
        starts.Add(0);
        return column;
    }
}
