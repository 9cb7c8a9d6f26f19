namespace Credence.Features.Text;

/// <summary>Distinct n-grams, numbered in the order they were added, each with its bytes. A hash finds an n-gram and its bytes confirm it:
/// two n-grams never share a number.</summary>
internal sealed class GramTable
{
    private const int Free = -1;
    private int[] slots;
    private ulong[] hashes;
    private byte[] bytes = new byte[1024];

    /// <summary>Makes an empty table.</summary>
    /// <param name="expected">The expected number of n-grams, for the initial capacity.</param>
    public GramTable(int expected = 1024)
    {
        int size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(expected, 16, 1 << 28) * 2);
        slots = new int[size];
        Array.Fill(slots, Free);
        hashes = new ulong[size / 2];
        starts = new int[(size / 2) + 1];
    }

    private int[] starts;

    /// <summary>The number of n-grams.</summary>
    public int Count { get; private set; }

    /// <summary>The bytes of an n-gram.</summary>
    public ReadOnlySpan<byte> this[int number] => bytes.AsSpan(starts[number], starts[number + 1] - starts[number]);

    /// <summary>The hash of an n-gram.</summary>
    public ulong Hash(int number) => hashes[number];

    /// <summary>All n-grams' bytes, one after the other.</summary>
    public ReadOnlySpan<byte> Bytes => bytes.AsSpan(0, starts[Count]);

    /// <summary>Count + 1 offsets into <see cref="Bytes"/>.</summary>
    public ReadOnlySpan<int> Starts => starts.AsSpan(0, Count + 1);

    /// <summary>The number of an n-gram, or −1.</summary>
    public int Find(ReadOnlySpan<byte> gram, ulong hash)
    {
        int slot = Slot(gram, hash);
        return slots[slot];
    }

    /// <summary>The number of an n-gram; a new one where it is not in the table.</summary>
    public int Add(ReadOnlySpan<byte> gram, ulong hash)
    {
        int slot = Slot(gram, hash);
        if (slots[slot] != Free)
            return slots[slot];

        if (Count == hashes.Length)
        {
            Grow();
            slot = Slot(gram, hash);
        }

        int number = Count++, start = starts[number], end = checked(start + gram.Length);
        if (end > bytes.Length)
            Array.Resize(ref bytes, (int)Math.Min(Array.MaxLength, Math.Max(end, bytes.LongLength * 2)));

        gram.CopyTo(bytes.AsSpan(start));
        slots[slot] = number;
        hashes[number] = hash;
        starts[number + 1] = end;
        return number;
    }

    private int Slot(ReadOnlySpan<byte> gram, ulong hash)
    {
        int mask = slots.Length - 1;
        for (int slot = (int)hash & mask; ; slot = (slot + 1) & mask)
        {
            int number = slots[slot];
            if (number == Free || (hashes[number] == hash && this[number].SequenceEqual(gram)))
                return slot;
        }
    }

    private void Grow()
    {
        Array.Resize(ref hashes, checked(Count * 2));
        Array.Resize(ref starts, hashes.Length + 1);
        slots = new int[checked(hashes.Length * 2)];
        Array.Fill(slots, Free);
        int mask = slots.Length - 1;
        for (int number = 0; number < Count; number++)
        {
            int slot = (int)hashes[number] & mask;
            while (slots[slot] != Free)
                slot = (slot + 1) & mask;

            slots[slot] = number;
        }
    }
}
