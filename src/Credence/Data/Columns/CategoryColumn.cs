using System.Text;

namespace Credence.Data.Columns;

/// <summary>Categories: one name per row, from a list of distinct names.</summary>
public sealed class CategoryColumn : IColumn
{
    private readonly int[] codes;

    /// <summary>Makes the column from codes into a list of names.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="codes">One code per row, an index into <paramref name="categories"/>, or −1 where missing; the column takes
    /// ownership.</param>
    /// <param name="categories">The distinct names.</param>
    /// <exception cref="ArgumentException">A code is outside the list.</exception>
    public CategoryColumn(string name, int[] codes, IReadOnlyList<string> categories)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(codes);
        ArgumentNullException.ThrowIfNull(categories);
        for (int row = 0; row < codes.Length; row++)
        {
            if (codes[row] < -1 || codes[row] >= categories.Count)
            {
                throw new ArgumentException(
                    $"'{nameof(codes)}' row {row} is {codes[row]}; it must be −1 (missing) or below {categories.Count}.", nameof(codes));
            }
        }

        Name = name;
        this.codes = codes;
        Categories = categories;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public ColumnKind Kind => ColumnKind.Category;

    /// <inheritdoc/>
    public int Count => codes.Length;

    /// <summary>One code per row, an index into <see cref="Categories"/>; −1 where missing.</summary>
    public ReadOnlySpan<int> Codes => codes;

    /// <summary>The names the codes stand for.</summary>
    public IReadOnlyList<string> Categories { get; }

    /// <summary>The name in a row, or null where missing.</summary>
    public string? this[int row] => codes[row] < 0 ? null : Categories[codes[row]];

    /// <inheritdoc/>
    public int MissingCells(int row) => Codes[row] < 0 ? 1 : 0;

    /// <inheritdoc/>
    public IColumn Select(ReadOnlySpan<int> rows) => new CategoryColumn(Name, Gather.Rows(codes, rows), Categories);

    /// <summary>The same cells with only the names that occur, in the same order.</summary>
    internal CategoryColumn WithUsedNames()
    {
        var position = new int[Categories.Count];
        foreach (int code in codes)
        {
            if (code >= 0)
                position[code] = 1;
        }

        var used = new List<string>();
        for (int code = 0; code < position.Length; code++)
        {
            if (position[code] == 1)
            {
                position[code] = used.Count;
                used.Add(Categories[code]);
            }
        }

        return new CategoryColumn(Name, [.. codes.Select(code => code < 0 ? code : position[code])], [.. used]);
    }

    /// <summary>Makes the column from names; codes are in the order of first appearance.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="values">One name per row; null means missing.</param>
    public static CategoryColumn FromNames(string name, IReadOnlyList<string?> values)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(values);
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        var categories = new List<string>();
        var codes = new int[values.Count];
        for (int row = 0; row < codes.Length; row++)
        {
            if (values[row] is not { } value)
            {
                codes[row] = -1;
            }
            else if (index.TryGetValue(value, out int code))
            {
                codes[row] = code;
            }
            else
            {
                codes[row] = categories.Count;
                index.Add(value, categories.Count);
                categories.Add(value);
            }
        }

        return new CategoryColumn(name, codes, categories);
    }

    /// <inheritdoc/>
    public long Bytes => sizeof(long) * (long)Count;

    /// <inheritdoc/>
    public bool IsWritten => true;

    /// <inheritdoc/>
    public IColumn Rename(string name) => new CategoryColumn(name, codes, Categories);

    /// <inheritdoc/>
    public IColumn Append(IReadOnlyList<IColumn> others) =>
        FromNames(Name, [.. Texts(), .. others.Cast<CategoryColumn>().SelectMany(column => column.Texts())]);

    /// <inheritdoc/>
    public void MixInto(Span<ulong> hashes)
    {
        ulong[] names = [.. Categories.Select(name => ByteHash.Mix(1, Encoding.UTF8.GetBytes(name)))];
        for (int row = 0; row < hashes.Length; row++)
            hashes[row] = ByteHash.Mix(hashes[row], codes[row] < 0 ? 0 : names[codes[row]]);
    }

    /// <inheritdoc/>
    public string Describe(int row) => this[row] ?? "missing";

    /// <inheritdoc/>
    public string?[] Texts() => [.. codes.Select(code => code < 0 ? null : Categories[code])];
}
