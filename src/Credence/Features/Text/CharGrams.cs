using System.Text;

namespace Credence.Features.Text;

/// <summary>Character n-grams within white-space-delimited words, padded with a space on both sides: "Ab" with lengths 2 to 3 gives
/// " a", "ab", "b ", " ab", "ab ". They capture prefixes, suffixes, stems and misspelt words, and need no tokenizer.</summary>
/// <param name="least">The shortest n-gram, in characters.</param>
/// <param name="most">The longest n-gram, in characters.</param>
internal sealed class CharGrams(int least, int most) : IGramReader
{
    private const byte Space = (byte)' ';

    public void Read(ReadOnlySpan<byte> utf8, GramList output)
    {
        output.Clear();
        bool inside = false;
        while (!utf8.IsEmpty)
        {
            Rune.DecodeFromUtf8(utf8, out Rune rune, out int consumed);
            utf8 = utf8[consumed..];
            CharacterClass kind = Characters.Classify(rune);
            if (kind == CharacterClass.Invisible)
                continue;

            if (kind == CharacterClass.Space)
            {
                if (inside)
                    output.Write(Space);
            }
            else
            {
                if (output.Length == 0)
                    output.Write(Space);

                output.Write(Characters.Fold(rune));
            }

            inside = kind != CharacterClass.Space;
        }

        if (inside)
            output.Write(Space);

        AddGrams(output);
    }

    public string Describe(string gram) => $"chars '{gram}'";

    /// <summary>The buffer holds a space before and after every word; adjacent words may share a space.</summary>
    private void AddGrams(GramList output)
    {
        for (int start = 0; start + 1 < output.Length; start = Next(output, start))
        {
            int end = start;
            for (int characters = 1; characters <= most && end < output.Length; characters++)
            {
                bool ends = end > start && output[end] == Space;
                end = Next(output, end);
                if (characters >= least)
                    output.Add(start, end - start);

                if (ends)
                    break;
            }
        }
    }

    private static int Next(GramList text, int place)
    {
        do
            place++;
        while (place < text.Length && (text[place] & 0xC0) == 0x80);

        return place;
    }
}
