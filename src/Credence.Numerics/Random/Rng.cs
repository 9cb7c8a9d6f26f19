using System.Numerics;
using System.Runtime.InteropServices;

namespace Credence.Numerics;

/// <summary>Random numbers: seeded, counter-based and splittable, with the same sequence on every machine.</summary>
/// <remarks>
/// Threefry-2×64 with 20 rounds (J. Salmon, M. Moraes, R. Dror, D. Shaw, Parallel Random Numbers: As Easy as 1, 2, 3, SC 2011): block c is
/// the cipher of the counter c under the key. <see cref="Split"/> gives a generator whose key is the cipher of the stream's number, so that
/// work
/// on many threads draws the same numbers for any division. An instance is not thread-safe.
/// </remarks>
public sealed class Rng
{
    /// <summary>The constant of the key schedule.</summary>
    internal const ulong Parity = 0x1BD11BDAA9FC1A22;

    private const ulong SplitDomain = 1UL << 63;
    private const double Unit = RngLanes.Unit;

    // The number of draws at once where a span is filled.
    private const int Batch = 128;

    private readonly ulong key0;
    private readonly ulong key1;
    private ulong counter;
    private ulong spare;
    private bool hasSpare;
    private double spareNormal;
    private bool hasSpareNormal;

    /// <summary>Starts the sequence of <paramref name="seed"/>.</summary>
    public Rng(ulong seed)
        : this(seed, 0)
    {
    }

    private Rng(ulong key0, ulong key1)
    {
        this.key0 = key0;
        this.key1 = key1;
    }

    /// <summary>The generator of a numbered stream. It depends on this one's seed and on <paramref name="stream"/>, not on earlier
    /// draws.</summary>
    public Rng Split(ulong stream)
    {
        (ulong first, ulong second) = Threefry(key0, key1, stream, SplitDomain);
        return new Rng(first, second);
    }

    /// <summary>64 random bits.</summary>
    public ulong NextUInt64()
    {
        if (hasSpare)
        {
            hasSpare = false;
            return spare;
        }

        (ulong first, spare) = Threefry(key0, key1, counter++, 0);
        hasSpare = true;
        return first;
    }

    /// <summary>A number from 0 to below 1, a multiple of 2^−53.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * Unit;

    /// <summary>An integer from 0 to <paramref name="exclusiveMax"/> − 1, all exactly equally likely (D. Lemire, 2019).</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="exclusiveMax"/> is not positive.</exception>
    public int NextInt(int exclusiveMax)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(exclusiveMax);
        ulong range = (ulong)exclusiveMax;
        ulong high = Math.BigMul(NextUInt64(), range, out ulong low);
        if (low < range)
        {
            ulong reject = unchecked(0 - range) % range;
            while (low < reject)
                high = Math.BigMul(NextUInt64(), range, out low);
        }

        return (int)high;
    }

    /// <summary>A draw from the normal distribution with mean 0 and variance 1 (G. Box, M. Muller, 1958).</summary>
    public double NextNormal()
    {
        if (hasSpareNormal)
        {
            hasSpareNormal = false;
            return spareNormal;
        }

        double radius = Math.Sqrt(-2 * Log.Compute(1 - NextDouble()));
        double angle = 2 * Math.PI * NextDouble();
        spareNormal = radius * Sine.Compute(angle);
        hasSpareNormal = true;
        return radius * Cosine.Compute(angle);
    }

    /// <summary>A draw from the standard Gumbel distribution: −ln(−ln u). The arg max of logits plus such draws is a draw from their
    /// softmax.</summary>
    public double NextGumbel() => -Log.Compute(-Log.Compute(Math.Min(((NextUInt64() >> 11) + 0.5) * Unit, 1 - Unit)));

    /// <summary>Fills a span with the results of as many calls of <see cref="NextUInt64"/>.</summary>
    public unsafe void Fill(Span<ulong> numbers)
    {
        int i = 0;
        if (hasSpare && numbers.Length > 0)
            numbers[i++] = NextUInt64();
        int whole = (numbers.Length - i) & -ThreefryLanes.Count;
        fixed (ulong* to = numbers)
            RngLanes.Fill(key0, key1, counter, to + i, whole);
        counter += (ulong)whole / 2;
        for (i += whole; i < numbers.Length; i++)
            numbers[i] = NextUInt64();
    }

    /// <summary>Fills a span with the results of as many calls of <see cref="NextDouble"/>.</summary>
    public void FillUniform(Span<double> numbers)
    {
        Fill(MemoryMarshal.Cast<double, ulong>(numbers));
        LaneMap.Apply<double, UniformMap>(numbers, numbers);
    }

    /// <summary>Fills a span with numbers from 0 to below 1, multiples of 2^−24, each made of one <see cref="NextUInt64"/>.</summary>
    public void FillUniform(Span<float> numbers)
    {
        Span<ulong> bits = stackalloc ulong[Batch];
        for (; !numbers.IsEmpty; numbers = numbers[bits.Length..])
        {
            bits = bits[..Math.Min(bits.Length, numbers.Length)];
            Fill(bits);
            for (int i = 0; i < bits.Length; i++)
                numbers[i] = (bits[i] >> 40) * (1f / (1 << 24));
        }
    }

    /// <summary>Fills a span with the results of as many calls of <see cref="NextNormal"/>.</summary>
    public unsafe void FillNormal(Span<double> numbers)
    {
        if (hasSpareNormal && !numbers.IsEmpty)
        {
            numbers[0] = NextNormal();
            numbers = numbers[1..];
        }

        // Eight pairs at a time, the last group padded; the unused half of a last pair is kept for the next call.
        const int Pieces = ThreefryLanes.Count;
        int even = numbers.Length & ~1, whole = even & -Pieces;
        FillUniform(numbers[..even]);
        double* last = stackalloc double[Pieces];
        numbers[whole..even].CopyTo(new Span<double>(last, Pieces));
        fixed (double* pairs = numbers)
            RngLanes.BoxMuller(pairs, whole);
        RngLanes.BoxMuller(last, whole < even ? Pieces : 0);
        new ReadOnlySpan<double>(last, even - whole).CopyTo(numbers[whole..]);
        if (even < numbers.Length)
            numbers[even] = NextNormal();
    }

    /// <summary>Fills a span with the results of as many calls of <see cref="NextNormal"/>, rounded.</summary>
    public void FillNormal(Span<float> numbers)
    {
        Span<double> exact = stackalloc double[Batch];
        for (; !numbers.IsEmpty; numbers = numbers[exact.Length..])
        {
            exact = exact[..Math.Min(exact.Length, numbers.Length)];
            FillNormal(exact);
            for (int i = 0; i < exact.Length; i++)
                numbers[i] = (float)exact[i];
        }
    }

    /// <summary>Fills a span with the results of as many calls of <see cref="NextGumbel"/>.</summary>
    public void FillGumbel(Span<double> numbers)
    {
        Fill(MemoryMarshal.Cast<double, ulong>(numbers));
        LaneMap.Apply<double, GumbelMap>(numbers, numbers);
    }

    /// <summary>Fills a span as <c>Split(stream).FillGumbel(numbers)</c> does.</summary>
    internal unsafe void FillGumbel(ulong stream, Span<double> numbers)
    {
        (ulong first, ulong second) = Threefry(key0, key1, stream, SplitDomain);
        int whole = numbers.Length & -ThreefryLanes.Count;
        ulong* last = stackalloc ulong[ThreefryLanes.Count];
        fixed (double* bits = numbers)
            RngLanes.Fill(first, second, 0, (ulong*)bits, whole);
        RngLanes.Fill(first, second, (ulong)whole / 2, last, whole < numbers.Length ? ThreefryLanes.Count : 0);
        new ReadOnlySpan<double>(last, numbers.Length - whole).CopyTo(numbers[whole..]);
        LaneMap.Apply<double, GumbelMap>(numbers, numbers);
    }

    /// <summary>Fills a span with the results of as many calls of <see cref="NextGumbel"/>, rounded.</summary>
    public void FillGumbel(Span<float> numbers)
    {
        Span<double> exact = stackalloc double[Batch];
        for (; !numbers.IsEmpty; numbers = numbers[exact.Length..])
        {
            exact = exact[..Math.Min(exact.Length, numbers.Length)];
            FillGumbel(exact);
            for (int i = 0; i < exact.Length; i++)
                numbers[i] = (float)exact[i];
        }
    }

    /// <summary>The numbers 0 to <paramref name="n"/> − 1 in random order.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="n"/> is negative.</exception>
    public int[] Permutation(int n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        var order = new int[n];
        for (int i = 0; i < n; i++)
            order[i] = i;
        Shuffle<int>(order);
        return order;
    }

    /// <summary>Shuffles the elements, all orders equally likely (R. Fisher, F. Yates, 1938).</summary>
    public void Shuffle<T>(Span<T> elements)
    {
        for (int i = elements.Length - 1; i > 0; i--)
        {
            int j = NextInt(i + 1);
            (elements[i], elements[j]) = (elements[j], elements[i]);
        }
    }

    /// <summary>The block cipher: 128 bits of counter under 128 bits of key.</summary>
    internal static (ulong First, ulong Second) Threefry(ulong key0, ulong key1, ulong counter0, ulong counter1)
    {
        ulong key2 = Parity ^ key0 ^ key1;
        ulong x0 = counter0 + key0, x1 = counter1 + key1;
        Rounds(ref x0, ref x1, 16, 42, 12, 31);
        (x0, x1) = (x0 + key1, x1 + key2 + 1);
        Rounds(ref x0, ref x1, 16, 32, 24, 21);
        (x0, x1) = (x0 + key2, x1 + key0 + 2);
        Rounds(ref x0, ref x1, 16, 42, 12, 31);
        (x0, x1) = (x0 + key0, x1 + key1 + 3);
        Rounds(ref x0, ref x1, 16, 32, 24, 21);
        (x0, x1) = (x0 + key1, x1 + key2 + 4);
        Rounds(ref x0, ref x1, 16, 42, 12, 31);
        return (x0 + key2, x1 + key0 + 5);
    }

    private static void Rounds(ref ulong x0, ref ulong x1, int r0, int r1, int r2, int r3)
    {
        x0 += x1;
        x1 = BitOperations.RotateLeft(x1, r0) ^ x0;
        x0 += x1;
        x1 = BitOperations.RotateLeft(x1, r1) ^ x0;
        x0 += x1;
        x1 = BitOperations.RotateLeft(x1, r2) ^ x0;
        x0 += x1;
        x1 = BitOperations.RotateLeft(x1, r3) ^ x0;
    }
}
