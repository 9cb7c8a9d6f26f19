using System.Collections.Concurrent;

namespace Credence.Numerics;

/// <summary>A queue of numbered chunks of work, which the caller's thread and pool threads take one after the other.</summary>
/// <remarks>
/// The caller waits for chunks, never for threads: a pool thread that arrives when all chunks are done returns at once. So work of fifty
/// microseconds
/// is worth sharing, and a caller that is itself a pool thread cannot deadlock.
/// </remarks>
internal sealed class ChunkQueue(int chunks, Action<int> body, CancellationToken cancellationToken) : IThreadPoolWorkItem
{
    private readonly ConcurrentQueue<Exception> faults = new();
    private long taken;
    private int done;

    /// <summary>Calls <paramref name="body"/> for every number from 0 to <paramref name="chunks"/> − 1 on at most
    /// <paramref name="maxThreads"/> threads, two or more.</summary>
    public static void Run(int chunks, int maxThreads, Action<int> body, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var queue = new ChunkQueue(chunks, body, cancellationToken);
        for (int i = 1; i < maxThreads; i++)
            ThreadPool.UnsafeQueueUserWorkItem(queue, preferLocal: false);
        queue.Execute();
        queue.Wait();
        if (!queue.faults.All(fault => fault is OperationCanceledException && cancellationToken.IsCancellationRequested))
            throw new AggregateException(queue.faults);
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Takes chunks until none is left.</summary>
    public void Execute()
    {
        for (long chunk; (chunk = Interlocked.Increment(ref taken) - 1) < chunks;)
        {
            try
            {
                if (faults.IsEmpty && !cancellationToken.IsCancellationRequested)
                    body((int)chunk);
            }
#pragma warning disable CA1031 // An exception of a chunk is rethrown on the caller's thread.
            catch (Exception fault)
            {
                faults.Enqueue(fault);
            }
#pragma warning restore CA1031

            if (Interlocked.Increment(ref done) == chunks)
            {
                lock (faults)
                    Monitor.PulseAll(faults);
            }
        }
    }

    private void Wait()
    {
        // Chunks in progress usually finish within the time it takes to block, so spin first.
        var spin = new SpinWait();
        while (Volatile.Read(ref done) < chunks && !spin.NextSpinWillYield)
            spin.SpinOnce();
        lock (faults)
        {
            while (Volatile.Read(ref done) < chunks)
                Monitor.Wait(faults);
        }
    }
}
