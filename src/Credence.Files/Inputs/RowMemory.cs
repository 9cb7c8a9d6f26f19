namespace Credence.Files.Inputs;

/// <summary>Refuses rows that would not fit into memory, by what was read of them.</summary>
/// <param name="options">The limit, <see cref="ReadOptions.MaxMemoryBytes"/>.</param>
internal sealed class RowMemory(ReadOptions options)
{
    /// <summary>The most that rows may take, in bytes.</summary>
    public long Limit { get; } = options.MemoryBytes / 2;

    /// <summary>The most bytes that an array, or the arrays of a file together, may take.</summary>
    public static long OfArrays(ReadOptions options) => Math.Min(options.MaxArrayBytes, new RowMemory(options).Limit);

    /// <summary>Checks the memory of rows.</summary>
    /// <param name="bytes">Their memory.</param>
    /// <param name="what">What needs it, in a message: <c>data.csv line 5: the rows so far</c>.</param>
    /// <exception cref="InsufficientMemoryException">It is above the limit.</exception>
    public void Check(long bytes, Func<string> what)
    {
        if (bytes > Limit)
        {
            throw new InsufficientMemoryException($"{what()} need {Megabytes(bytes)} of memory, above the limit of {Megabytes(Limit)}, half "
                + $"of what the work may take. Read fewer rows or columns, or set {ReadOptionNames.MaxMemoryBytes} higher.");
        }
    }

    private static string Megabytes(long bytes) => FormattableString.Invariant($"{bytes / 1e6:#,0} MB");
}
