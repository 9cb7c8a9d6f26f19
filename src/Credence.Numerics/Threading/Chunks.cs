namespace Credence.Numerics;

/// <summary>Runs numbered pieces of work over threads.</summary>
/// <remarks>
/// Work is cut by size, never by the number of threads, and whoever adds pieces up does so in their order:
/// then a result has the same bits on one core and on a hundred.
/// </remarks>
public static class Chunks
{
    /// <summary>Calls <paramref name="body"/> once for every number from 0 to <paramref name="chunks"/> − 1, in any order.</summary>
    /// <param name="chunks">The number of pieces.</param>
    /// <param name="threads">The maximum number of threads, including the caller's; 0 for one per core.</param>
    /// <param name="body">The work for one piece.</param>
    /// <param name="cancellationToken">Checked before each piece.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="chunks"/> or <paramref name="threads"/> is negative.</exception>
    /// <exception cref="AggregateException">Pieces threw, on more than one thread; those not begun by then are left out.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for; some pieces may have been done.</exception>
    public static void For(int chunks, int threads, Action<int> body, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(chunks);
        ArgumentNullException.ThrowIfNull(body);
        int workers = Math.Min(Threads(threads), chunks);
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

    /// <summary>The number of threads meant by <paramref name="threads"/>, in which 0 stands for one a core.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is negative.</exception>
    public static int Threads(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        return threads == 0 ? Environment.ProcessorCount : threads;
    }

    /// <summary>How many pieces of <paramref name="size"/> cover <paramref name="length"/>.</summary>
    /// <param name="length">What is cut up.</param>
    /// <param name="size">What each piece but the last holds.</param>
    public static int Count(int length, int size) => (int)(((long)length + size - 1) / size);
}
