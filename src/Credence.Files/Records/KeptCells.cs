using Credence.Data;

namespace Credence.Files.Records;

/// <summary>Collects the cells of columns that are carried through.</summary>
/// <param name="names">The columns' names.</param>
internal sealed class KeptCells(IReadOnlyList<string> names)
{
    private const int BytesPerCell = 32;
    private readonly List<string>[] cells = [.. names.Select(_ => new List<string>())];

    /// <summary>The memory of the cells, in bytes.</summary>
    public long Bytes { get; private set; }

    /// <summary>Adds the cells of one row.</summary>
    /// <param name="records">The row.</param>
    /// <param name="fields">The position of each column.</param>
    public void Add(IRecords records, int[] fields)
    {
        for (int i = 0; i < cells.Length; i++)
        {
            string cell = records.Text(fields[i]).ToString();
            Bytes += BytesPerCell + (2L * cell.Length);
            cells[i].Add(cell);
        }
    }

    /// <summary>The columns of the rows added since the last call.</summary>
    public IReadOnlyList<KeptColumn> Take()
    {
        KeptColumn[] taken = [.. names.Select((name, i) => new KeptColumn(name, [.. cells[i]]))];
        foreach (List<string> column in cells)
            column.Clear();

        Bytes = 0;
        return taken;
    }
}
