namespace Credence.Data;

/// <summary>A column that is carried through to the predictions, such as a key.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Cells">One text per row, as it is written in the file; empty where the cell is.</param>
public sealed record KeptColumn(string Name, IReadOnlyList<string> Cells);
