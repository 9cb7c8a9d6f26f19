using System.Text;
using Credence.Data.Columns;
using Credence.Numerics;
using Credence.Persistence;

namespace Credence.Features.Text;

/// <summary>The n-grams that are features, the most frequent first, with their inverse document frequencies. Immutable.</summary>
internal sealed class Vocabulary
{
    private readonly GramTable grams;
    private readonly int[] frequencies;
    private readonly float[] idf;

    private Vocabulary(GramTable grams, int[] frequencies, int texts)
    {
        this.grams = grams;
        this.frequencies = frequencies;
        Texts = texts;

        // Smooth idf, as if one more text held every n-gram: ln((1 + n) / (1 + df)) + 1.
        idf = [.. frequencies.Select(frequency => (float)(Log.Compute((1.0 + texts) / (1.0 + frequency)) + 1))];
    }

    /// <summary>The number of n-grams.</summary>
    public int Count => grams.Count;

    /// <summary>The number of texts it was fitted on.</summary>
    public int Texts { get; }

    /// <summary>The sum of the document frequencies: the number of distinct n-grams per text, summed over texts.</summary>
    public long TotalFrequency => frequencies.Sum(frequency => (long)frequency);

    /// <summary>The inverse document frequency of an n-gram.</summary>
    public float Idf(int number) => idf[number];

    /// <summary>The number of an n-gram, or −1.</summary>
    public int Find(ReadOnlySpan<byte> gram, ulong hash) => grams.Find(gram, hash);

    /// <summary>The n-gram as text.</summary>
    public string this[int number] => Encoding.UTF8.GetString(grams[number]);

    /// <summary>The most frequent n-grams of some texts; ties are broken by byte order.</summary>
    /// <param name="counted">The document frequencies.</param>
    /// <param name="texts">The number of texts.</param>
    /// <param name="least">An n-gram in fewer texts is left out.</param>
    /// <param name="most">The maximum number of n-grams.</param>
    public static Vocabulary Fit(DocumentFrequencies counted, int texts, int least, int most)
    {
        int[] counts = counted.Counts.ToArray();
        int[] kept = [.. Enumerable.Range(0, counts.Length).Where(i => counts[i] >= least)];
        Array.Sort(kept, (a, b) =>
            counts[a] != counts[b] ? counts[b].CompareTo(counts[a]) : counted.Grams[a].SequenceCompareTo(counted.Grams[b]));
        if (kept.Length > most)
            Array.Resize(ref kept, most);

        var grams = new GramTable(kept.Length);
        foreach (int i in kept)
            grams.Add(counted.Grams[i], counted.Grams.Hash(i));

        return new Vocabulary(grams, [.. kept.Select(i => counts[i])], texts);
    }

    /// <summary>Adds the n-grams and their frequencies to a model's tensors.</summary>
    public void Save(NamedTensors tensors, string prefix)
    {
        tensors.Add($"{prefix}bytes", grams.Bytes);
        tensors.Add($"{prefix}starts", grams.Starts);
        tensors.Add<int>($"{prefix}texts", frequencies);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The tensors are absent or don't describe a vocabulary.</exception>
    public static Vocabulary Load(NamedTensors tensors, string prefix, int texts)
    {
        byte[] bytes = tensors.Get<byte>($"{prefix}bytes");
        int[] starts = tensors.Get<int>($"{prefix}starts");
        int[] frequencies = tensors.Get<int>($"{prefix}texts", starts.Length - 1L);
        if (starts[0] != 0 || starts[^1] != bytes.Length)
            throw new InvalidDataException(
                $"Tensor '{prefix}starts' must begin with 0 and end with the {bytes.Length} bytes of '{prefix}bytes'.");

        var grams = new GramTable(frequencies.Length);
        for (int i = 0; i < frequencies.Length; i++)
        {
            if (starts[i + 1] <= starts[i] || starts[i + 1] > bytes.Length)
                throw new InvalidDataException($"Tensor '{prefix}starts' goes from {starts[i]} to {starts[i + 1]}; it must increase, up "
                    + $"to {bytes.Length}.");

            if (frequencies[i] < 1 || frequencies[i] > texts)
                throw new InvalidDataException($"Tensor '{prefix}texts' has {frequencies[i]}; of {texts} texts it must be 1 to {texts}.");

            ReadOnlySpan<byte> gram = bytes.AsSpan(starts[i], starts[i + 1] - starts[i]);
            if (grams.Add(gram, ByteHash.Mix(0, gram)) != i)
                throw new InvalidDataException($"Tensor '{prefix}bytes' has '{Encoding.UTF8.GetString(gram)}' twice.");
        }

        return new Vocabulary(grams, frequencies, texts);
    }
}
