namespace Credence.Numerics;

/// <summary>Runs numbered chunks of work on several threads.</summary>
/// <remarks>
/// Work is cut by size, never by the number of threads, and callers add chunk results in order:
/// results then have the same bits for any number of cores.
/// </remarks>
public static class Chunks
{
    /// <summary>Calls <paramref name="body"/> once for every number from 0 to <paramref name="chunks"/> − 1, in any order.</summary>
    /// <param name="chunks">The number of chunks.</param>
    /// <param name="maxThreads">The maximum number of threads, including the caller's; 0 for one per core.</param>
    /// <param name="body">The work of one chunk.</param>
    /// <param name="cancellationToken">Checked before each chunk.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="chunks"/> or <paramref name="maxThreads"/> is negative.</exception>
    /// <exception cref="AggregateException">Chunks threw on more than one thread; chunks that had not started were skipped.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was requested; some chunks may have run.</exception>
    public static void For(int chunks, int maxThreads, Action<int> body, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(chunks);
        ArgumentNullException.ThrowIfNull(body);
        int workers = Math.Min(Threads(maxThreads), chunks);
        if (workers <= 1)
        {
            for (int chunk = 0; chunk < chunks; chunk++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                body(chunk);
            }

            return;
        }

        ChunkQueue.Run(chunks, workers, body, cancellationToken);
    }

    /// <summary>The number of threads meant by <paramref name="maxThreads"/>, where 0 means one per core.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxThreads"/> is negative.</exception>
    public static int Threads(int maxThreads)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxThreads);
        return maxThreads == 0 ? Environment.ProcessorCount : maxThreads;
    }

    /// <summary>The number of chunks of <paramref name="size"/> that cover <paramref name="length"/>.</summary>
    /// <param name="length">The total length.</param>
    /// <param name="size">The size of every chunk except the last.</param>
    public static int Count(int length, int size) => (int)(((long)length + size - 1) / size);
}
