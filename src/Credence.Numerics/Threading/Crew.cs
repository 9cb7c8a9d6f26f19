namespace Credence.Numerics;

/// <summary>Threads that stay ready between short pieces of work: waking a sleeping thread takes as long as a small network's
/// step.</summary>
/// <remarks>Pieces are taken in any order by any thread, so a result must not depend on which thread runs a piece. The caller waits for
/// pieces, never for threads. One caller at a time.</remarks>
internal sealed class Crew : IDisposable
{
    /// <summary>How often a waiting thread looks for work before it sleeps: some 100 microseconds.</summary>
    private const int Looks = 2000;

    private readonly Thread[] threads;
    private readonly Lock gateOfCaller = new();
    private readonly object gate = new();
    private Action<int, int>? work;
    private Exception? fault;
    private int left, done, sleepers, round;
    private volatile bool isEnding;

    /// <summary>Starts the threads.</summary>
    /// <param name="members">The number of threads, the caller's among them; at least one.</param>
    public Crew(int members)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(members, 1);
        threads = new Thread[members - 1];
        for (int i = 0; i < threads.Length; i++)
        {
            int member = i + 1;
            threads[i] = new Thread(() => Live(member)) { IsBackground = true, Name = $"crew {member}" };
            threads[i].Start();
        }
    }

    /// <summary>The number of threads, the caller's among them.</summary>
    public int Members => threads.Length + 1;

    /// <summary>Calls <paramref name="body"/> with every piece from 0 to <paramref name="count"/> − 1 and the number of the member that
    /// runs it; returns when all are done.</summary>
    /// <exception cref="AggregateException">A piece threw; pieces not yet begun were skipped.</exception>
    public void Run(int count, Action<int, int> body)
    {
        if (threads.Length == 0 || count <= 1)
        {
            for (int piece = 0; piece < count; piece++)
                body(piece, 0);

            return;
        }

        lock (gateOfCaller)
        {
            // The number left is written last: whoever takes a piece sees the rest.
            work = body;
            fault = null;
            Volatile.Write(ref done, 0);
            Volatile.Write(ref left, count);
            Interlocked.Increment(ref round);
            if (Volatile.Read(ref sleepers) > 0)
            {
                lock (gate)
                    Monitor.PulseAll(gate);
            }

            Take(0);
            var spin = new SpinWait();
            while (Volatile.Read(ref done) < count)
                spin.SpinOnce(sleep1Threshold: -1);

            work = null;
            if (fault is not null)
                throw new AggregateException(fault);
        }
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose()
    {
        isEnding = true;
        Interlocked.Increment(ref round);
        lock (gate)
            Monitor.PulseAll(gate);
        foreach (Thread thread in threads)
            thread.Join();
    }

    private void Live(int member)
    {
        for (int seen = 0; !isEnding;)
        {
            Wait(seen);
            seen = Volatile.Read(ref round);
            Take(member);
        }
    }

    private void Wait(int seen)
    {
        for (int look = 0; look < Looks; look++)
        {
            if (Volatile.Read(ref round) != seen)
                return;

            Thread.SpinWait(10);
        }

        // A round that begins before this thread counts as asleep is seen here; a later one wakes it.
        lock (gate)
        {
            Interlocked.Increment(ref sleepers);
            while (Volatile.Read(ref round) == seen)
                Monitor.Wait(gate);

            Interlocked.Decrement(ref sleepers);
        }
    }

    private void Take(int member)
    {
        for (int piece; (piece = Interlocked.Decrement(ref left)) >= 0;)
        {
            try
            {
                if (Volatile.Read(ref fault) is null)
                    work!(piece, member);
            }
#pragma warning disable CA1031 // An exception of a piece is rethrown on the caller's thread.
            catch (Exception error)
            {
                Interlocked.CompareExchange(ref fault, error, null);
            }
#pragma warning restore CA1031

            Interlocked.Increment(ref done);
        }
    }
}
