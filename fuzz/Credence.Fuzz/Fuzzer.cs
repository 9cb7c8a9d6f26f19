using System.Diagnostics;
using Credence.Fuzz.Coverage;
using Credence.Numerics;

namespace Credence.Fuzz;

/// <summary>Gives a reader good files that were changed by chance, and looks for any that it doesn't either read or refuse as it should.
/// An input that took a branch, or had an outcome, not seen before is changed further.</summary>
public sealed class Fuzzer : IDisposable
{
    private const int MostKept = 20_000, MostKeptBytes = 1 << 16, BytesPerByte = 64, BytesPerSecond = 1 << 22;
    private readonly EdgeCoverage? coverage = EdgeCoverage.Current();
    private readonly FuzzTarget target;
    private readonly FuzzOptions options;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("credence-fuzz-");
    private readonly HashSet<string> outcomes = new(StringComparer.Ordinal);
    private readonly Stopwatch clock = new();
    private readonly Timer? watch;
    private byte[] current = [];
    private long begun = long.MaxValue;
    private bool tookNew;

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

    /// <summary>The different branches taken; 0 where the readers are not instrumented.</summary>
    public int Edges => coverage?.Edges ?? 0;

    /// <summary>The most memory that the process held after an input, in bytes.</summary>
    public long Resident { get; private set; }

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
            byte[] input = Mutated(kept, mutator, chance);
            if (Try(input) is { } finding)
                return finding;

            if ((outcomes.Count > known || tookNew) && kept.Count < MostKept && input.Length <= MostKeptBytes)
                kept.Add(input);
        }

        return null;
    }

    private byte[] Mutated(List<byte[]> kept, Mutator mutator, Rng chance)
    {
        // Half of the time one of those found last, whose branches are the least known.
        int from = chance.NextInt(2) == 0 ? kept.Count * 3 / 4 : 0;
        byte[] seed = kept[from + chance.NextInt(kept.Count - from)], other = kept[chance.NextInt(kept.Count)];
        if (target.Structure is { } structure && chance.NextInt(4) > 0)
        {
            try
            {
                byte[] input = structure(seed, bytes => mutator.Mutate(bytes, other), chance);
                return input.Length <= Mutator.MaxLength ? input : input[..Mutator.MaxLength];
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                // The seed is one that was refused.
            }
        }

        return target.Repair(mutator.Mutate(seed, other));
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
        coverage?.Clear();
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
        tookNew = coverage?.HasNew() ?? false;
        allocated = GC.GetTotalAllocatedBytes() - allocated;
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        long mayAllocate = options.MaxAllocatedBytes + ((long)BytesPerByte * input.Length);
        double mayTake = options.MaxSeconds + (input.Length / BytesPerSecond);
        return allocated > mayAllocate ? new FuzzFinding(input, $"It allocates {allocated:N0} bytes, more than {mayAllocate:N0}.")
            : options.Watched && seconds > mayTake ? new FuzzFinding(input, $"It takes {seconds:F1} s, more than {mayTake} s.")
            : options.Watched && IsTooLarge() ? new FuzzFinding(input, $"The process holds {Resident:N0} bytes after it, more than "
                + $"{options.MaxResidentBytes:N0}.")
            : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        watch?.Dispose();
        folder.Delete(recursive: true);
    }

    private bool IsTooLarge()
    {
        long resident = Environment.WorkingSet;
        if (resident > options.MaxResidentBytes)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            resident = Environment.WorkingSet;
        }

        Resident = Math.Max(Resident, resident);
        return resident > options.MaxResidentBytes;
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
