namespace Credence.Data;

/// <summary>Some consecutive rows of a stream. Every chunk of a stream has the same columns; its classes may be others than the next chunk's.</summary>
/// <param name="Rows">The rows; a label may be missing.</param>
/// <param name="First">The 0-based number, in all the stream, of the first row here.</param>
public sealed record RowChunk(DataSet Rows, long First)
{
    /// <summary>The name of each row's group, whose rows stay together, null where it is missing; or null where there are no groups.</summary>
    public IReadOnlyList<string?>? Groups { get; init; }

    /// <summary>Where a row, 0-based in this chunk, stands: what a message about it begins with. Null counts rows from 0.</summary>
    public Func<int, string>? Place { get; init; }

    /// <summary>Where a row, 0-based in this chunk, stands.</summary>
    public string PlaceOf(int row) => Place?.Invoke(row) ?? $"row {First + row} (counted from 0)";
}
