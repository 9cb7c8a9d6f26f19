namespace Credence.Files.Records;

/// <summary>How many distinct cells may be kept: 2²⁰ of a column, and 2²⁴ of all columns together, some 500 MB.</summary>
internal sealed class DistinctCells
{
    private const int MostInColumn = 1 << 20, MostInAll = 1 << 24;
    private int kept;

    /// <summary>Whether a column that has kept some may keep another.</summary>
    public bool HasRoom(int inColumn) => inColumn < MostInColumn && kept < MostInAll;

    /// <summary>Counts a cell that was kept.</summary>
    public void Add() => kept++;
}
