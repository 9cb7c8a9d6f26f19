using System.Collections.Concurrent;

namespace Credence.Numerics;

/// <summary>Numbered pieces of work that the caller's thread and some of the pool's take one after the other.</summary>
/// <remarks>
/// The caller waits for pieces, never for threads: one of the pool that comes when all is done, finds nothing and goes. So work of fifty microseconds
/// is worth sharing, and a caller that is itself a thread of the pool cannot wait for ever.
/// </remarks>
internal sealed class ChunkQueue(int chunks, Action<int> body, CancellationToken cancellationToken) : IThreadPoolWorkItem
{
    private readonly ConcurrentQueue<Exception> faults = new();
    private long taken;
    private int done;

    /// <summary>Calls <paramref name="body"/> for every number from 0 to <paramref name="chunks"/> − 1 on at most so many threads, two or more.</summary>
    public static void Run(int chunks, int threads, Action<int> body, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var queue = new ChunkQueue(chunks, body, cancellationToken);
        for (int i = 1; i < threads; i++)
            ThreadPool.UnsafeQueueUserWorkItem(queue, preferLocal: false);
        queue.Execute();
        queue.Wait();
        if (!queue.faults.All(fault => fault is OperationCanceledException && cancellationToken.IsCancellationRequested))
            throw new AggregateException(queue.faults);
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Takes pieces until none is left.</summary>
    public void Execute()
    {
        for (long chunk; (chunk = Interlocked.Increment(ref taken) - 1) < chunks;)
        {
            try
            {
                if (faults.IsEmpty && !cancellationToken.IsCancellationRequested)
                    body((int)chunk);
            }
#pragma warning disable CA1031 // What a piece throws is thrown where the work was asked for.
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
        // What others have begun is mostly done within the time that falling asleep takes.
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
