using System.Diagnostics;
using Credence.Numerics;

namespace Credence.Fuzz;

/// <summary>Gives a reader good files that were changed by chance, and looks for any that it doesn't either read or refuse as it should.
/// An input with an outcome not seen before is changed further.</summary>
public sealed class Fuzzer : IDisposable
{
    private const int MostKept = 2000;
    private readonly FuzzTarget target;
    private readonly FuzzOptions options;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("credence-fuzz-");
    private readonly HashSet<string> outcomes = new(StringComparer.Ordinal);
    private readonly Stopwatch clock = new();
    private readonly Timer? watch;
    private byte[] current = [];
    private long begun = long.MaxValue;

    /// <summary>Begins with the target's good files.</summary>
    public Fuzzer(FuzzTarget target, FuzzOptions options)
    {
        this.target = target;
        this.options = options;
        if (options.Watched)
            watch = new Timer(_ => Watch(), null, 1000, 1000);
    }

    /// <summary>The inputs tried.</summary>
    public long Tried { get; private set; }

    /// <summary>Those that were read, not refused.</summary>
    public long Accepted { get; private set; }

    /// <summary>The different outcomes.</summary>
    public int Outcomes => outcomes.Count;

    /// <summary>Tries inputs until one is found that fails or the time is up; null where none is found.</summary>
    public FuzzFinding? Run()
    {
        var chance = new Rng(options.Seed);
        var mutator = new Mutator(chance, target.Words);
        List<byte[]> kept = [.. target.Seeds()];
        clock.Start();
        foreach (byte[] seed in kept.ToArray())
        {
            long before = Accepted;
            if (Try(seed) is { } finding)
                return finding;

            if (Accepted == before)
                return new FuzzFinding(seed, "A seed, which is a good file, is refused.");
        }

        while (Tried < options.Inputs && clock.Elapsed.TotalSeconds < options.Seconds)
        {
            int known = outcomes.Count;
            byte[] input = target.Repair(mutator.Mutate(kept[chance.NextInt(kept.Count)], kept[chance.NextInt(kept.Count)]));
            if (Try(input) is { } finding)
                return finding;

            if (outcomes.Count > known && kept.Count < MostKept)
                kept.Add(input);
        }

        return null;
    }

    /// <summary>Tries one input; what is wrong with how it is read, or null.</summary>
    public FuzzFinding? Try(byte[] input)
    {
        Tried++;
        string path = Path.Combine(folder.FullName, target.FileName);
        File.WriteAllBytes(path, input);
        long allocated = GC.GetTotalAllocatedBytes();
        Volatile.Write(ref current, input);
        long start = Stopwatch.GetTimestamp();
        Volatile.Write(ref begun, start);
        string outcome = "read";
        try
        {
            target.Read(path);
            Accepted++;
        }
        catch (Exception error) when (error is InvalidDataException || error.GetType() == typeof(ArgumentException))
        {
            // Of two refusals only the words matter; numbers, names and texts of the input are quoted in them.
            outcome = string.Concat(error.Message.Replace(path, "", StringComparison.Ordinal).Split('\'').Where((_, i) => i % 2 == 0)
                .SelectMany(part => part.Where(c => char.IsAsciiLetter(c) || c == ' ')).Take(120));
        }
        catch (Exception error)
        {
            return new FuzzFinding(input, $"An exception that is neither InvalidDataException nor ArgumentException: {error}");
        }
        finally
        {
            Volatile.Write(ref begun, long.MaxValue);
        }

        outcomes.Add(outcome);
        allocated = GC.GetTotalAllocatedBytes() - allocated;
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return allocated > options.MaxAllocatedBytes
            ? new FuzzFinding(input, $"It allocates {allocated:N0} bytes, more than {options.MaxAllocatedBytes:N0}.")
            : options.Watched && seconds > options.MaxSeconds
                ? new FuzzFinding(input, $"It takes {seconds:F1} s, more than {options.MaxSeconds} s.")
            : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        watch?.Dispose();
        folder.Delete(recursive: true);
    }

    private void Watch()
    {
        long start = Volatile.Read(ref begun);
        if (start == long.MaxValue || Stopwatch.GetElapsedTime(start).TotalSeconds < options.MaxSeconds * 3)
            return;

        var finding = new FuzzFinding(Volatile.Read(ref current), "");
        string path = Path.GetFullPath($"{target.Name}-{finding.Hash}.input");
        File.WriteAllBytes(path, finding.Input);
        Console.WriteLine($"{target.Name}: an input takes longer than {options.MaxSeconds * 3} s and does not end. It is in {path}.");
        Environment.Exit(1);
    }
}
