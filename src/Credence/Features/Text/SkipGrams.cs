namespace Credence.Features.Text;

/// <summary>Skip-grams: pairs of words with one or a few words between them, such as "what … the" of "what is the". A text's beginning
/// counts as a word, so that
/// a word's position near it counts. They capture word order where <see cref="WordGrams"/> are too short or too rare.</summary>
/// <param name="most">The maximum number of words between.</param>
internal sealed class SkipGrams(int most) : IGramReader
{
    /// <summary>The placeholder of each skipped word of a pair; no text contains it.</summary>
    private const byte Gap = 3;

    private const byte Space = (byte)' ';

    public void Read(ReadOnlySpan<byte> utf8, GramList output)
    {
        output.Clear();
        WordGrams.Tokenize(utf8, output);
        int length = output.Length;
        for (int start = 0; start < length; start = End(output, start) + 1)
        {
            int first = End(output, start), skipped = first + 1;
            for (int gap = 1; gap <= most && skipped < length; gap++)
            {
                skipped = End(output, skipped) + 1;
                if (skipped >= length)
                    break;

                int pair = output.Length;
                output.Write(start, first - start);
                for (int i = 0; i < gap; i++)
                    output.Write(Gap);
                output.Write(skipped, End(output, skipped) - skipped);
                output.Add(pair, output.Length - pair);
            }
        }
    }

    public string Describe(string gram)
    {
        int from = gram.IndexOf((char)Gap), to = gram.LastIndexOf((char)Gap);
        return $"words '{WordGrams.Shown(gram[..from])} {string.Join(' ', Enumerable.Repeat("…", to - from + 1))} {gram[(to + 1)..]}'";
    }

    /// <summary>The space that ends the word that begins here.</summary>
    private static int End(GramList text, int start)
    {
        while (text[start] != Space)
            start++;

        return start;
    }
}
