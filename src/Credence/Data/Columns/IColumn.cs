namespace Credence.Data.Columns;

/// <summary>A named, typed, immutable column of a <see cref="Table"/>. Whatever differs between kinds is a member here, so
/// that a new kind is a new class.</summary>
public interface IColumn
{
    /// <summary>The column's name, as the file or the caller gave it.</summary>
    string Name { get; }

    /// <summary>The kind of its cells.</summary>
    ColumnKind Kind { get; }

    /// <summary>The number of rows.</summary>
    int Count { get; }

    /// <summary>The shape of the cells, as in <see cref="ColumnSchema.Shape"/>; empty where the kind has none.</summary>
    IReadOnlyList<int> Shape => [];

    /// <summary>The approximate size of the cells in bytes.</summary>
    long Bytes { get; }

    /// <summary>Whether the cells are written texts, which may turn out to be numbers or dates.</summary>
    bool IsWritten => false;

    /// <summary>How many cells of a row are missing: 0 or 1, and more in a row of several numbers; 0 where the kind knows no missing
    /// cell.</summary>
    /// <param name="row">The 0-based row number.</param>
    int MissingCells(int row) => 0;

    /// <summary>The column with the given rows, in the given order; a row may occur more than once.</summary>
    /// <param name="rows">0-based row numbers.</param>
    IColumn Select(ReadOnlySpan<int> rows);

    /// <summary>The same cells under another name.</summary>
    /// <param name="name">The new name.</param>
    IColumn Rename(string name);

    /// <summary>The rows of this column followed by those of the others, in order.</summary>
    /// <param name="others">Columns of the same kind and shape.</param>
    /// <exception cref="InvalidCastException">A column is of another kind.</exception>
    /// <exception cref="OverflowException">There are more cells than an array can hold.</exception>
    IColumn Append(IReadOnlyList<IColumn> others);

    /// <summary>Mixes each row's cell into the row's hash. Missing cells are equal to each other, and 0 equals −0.</summary>
    /// <param name="hashes">One hash per row, updated in place.</param>
    void MixInto(Span<ulong> hashes);

    /// <summary>A cell as messages show it: "39", "Private", "of 28 × 28 pixels", "missing".</summary>
    /// <param name="row">The 0-based row number.</param>
    string Describe(int row);

    /// <summary>Each cell as text that can be read back, null where it is missing; null where the kind has no such text.</summary>
    string?[]? Texts() => null;

    /// <summary>Each cell as a time, larger for later, NaN where it is missing; null where the kind has no order.</summary>
    double[]? Times() => null;
}
