using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Credence.Benchmarks;

/// <summary>Times several ways of doing the same work, taking turns, so that whatever else the machine does falls on all alike.</summary>
internal static partial class Race
{
    private const int Rounds = 15;
    private const int ThreadClock = 3;

    /// <summary>Median seconds a call of each contestant.</summary>
    /// <param name="contestants">The ways; each is run once before anything is timed.</param>
    /// <param name="roundSeconds">About how long one turn of one contestant lasts.</param>
    /// <param name="wall">
    /// Whether to take the wall's clock, as work on several threads must. Otherwise it is the calling thread's own time where the system
    /// tells it (CLOCK_THREAD_CPUTIME_ID), which does not count what other programs took.
    /// </param>
    public static double[] Run(IReadOnlyList<Action> contestants, double roundSeconds = 0.02, bool wall = false)
    {
        wall |= !OperatingSystem.IsLinux();
        var repeats = new int[contestants.Count];
        for (int c = 0; c < contestants.Count; c++)
        {
            contestants[c]();
            double once = Math.Min(Time(contestants[c], 1, wall), Time(contestants[c], 1, wall));
            repeats[c] = (int)Math.Clamp(roundSeconds / Math.Max(once, 1e-9), 1, 1_000_000);
        }

        var times = new double[contestants.Count][];
        for (int c = 0; c < contestants.Count; c++)
            times[c] = new double[Rounds];
        for (int round = 0; round < Rounds; round++)
        {
            for (int turn = 0; turn < contestants.Count; turn++)
            {
                int c = (turn + round) % contestants.Count;
                times[c][round] = Time(contestants[c], repeats[c], wall) / repeats[c];
            }
        }

        return [.. times.Select(Median)];
    }

    /// <summary>Work that touches no memory: what two threads make of it, against one, is what the machine has to give just then.</summary>
    /// <param name="part">Any number.</param>
    public static void Arithmetic(int part)
    {
        double x = part;
        for (int i = 0; i < 100_000; i++)
            x = Math.FusedMultiplyAdd(x, 0.5, 1);
        if (double.IsNaN(x))
            throw new InvalidOperationException("0.5·x + 1 is a number.");
    }

    /// <summary>The calling thread's own seconds, where the system tells them.</summary>
    public static double ThreadSeconds(Action action) => Time(action, 1, !OperatingSystem.IsLinux());

    private static double Time(Action action, int repeats, bool wall)
    {
        double start = Now(wall);
        for (int i = 0; i < repeats; i++)
            action();
        return Now(wall) - start;
    }

    private static double Now(bool wall)
    {
        if (wall || clock_gettime(ThreadClock, out TimeSpec time) != 0)
            return (double)Stopwatch.GetTimestamp() / Stopwatch.Frequency;
        return time.Seconds + (time.Nanoseconds * 1e-9);
    }

    [LibraryImport("libc")]
    private static partial int clock_gettime(int clock, out TimeSpec time);

    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }
}
