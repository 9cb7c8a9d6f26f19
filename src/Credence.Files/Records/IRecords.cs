namespace Credence.Files.Records;

/// <summary>The records of a file in sequence, with their cells as text.</summary>
internal interface IRecords : IDisposable
{
    /// <summary>The number of cells of the current record.</summary>
    int Fields { get; }

    /// <summary>The 1-based line (or row) at which the current record begins.</summary>
    long Line { get; }

    /// <summary>Advances to the next record; false at the end.</summary>
    bool Next();

    /// <summary>A cell without the spaces around it, valid until the next call; empty where the record has no such cell.</summary>
    ReadOnlySpan<char> Text(int field);

    /// <summary>Whether a cell is a number, and its value; infinite where it is too large.</summary>
    bool TryNumber(int field, out double number);

    /// <summary>Whether the file holds a cell as a number and not as a text, so that no sign of decimals is in question.</summary>
    bool IsNumber(int field) => false;
}
