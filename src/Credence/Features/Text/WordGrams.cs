using System.Text;

namespace Credence.Features.Text;

/// <summary>Words and sequences of words, in lower case, a space between them: "what", "what is". A word is a run of letters, digits and
/// underscores; a punctuation mark, an emoji with its modifiers, and each letter of a script without spaces are words too.</summary>
/// <param name="most">The longest sequence, in words.</param>
internal sealed class WordGrams(int most) : IGramReader
{
    private const byte Space = (byte)' ';

    public void Read(ReadOnlySpan<byte> utf8, GramList output)
    {
        output.Clear();
        Tokenize(utf8, output);
        AddGrams(output);
    }

    public string Describe(string gram) => gram.Contains(' ', StringComparison.Ordinal) ? $"words '{gram}'" : $"word '{gram}'";

    /// <summary>Writes the words, each followed by a space.</summary>
    private static void Tokenize(ReadOnlySpan<byte> utf8, GramList output)
    {
        var previous = CharacterClass.Space;
        bool joined = false;
        while (!utf8.IsEmpty)
        {
            Rune.DecodeFromUtf8(utf8, out Rune rune, out int consumed);
            utf8 = utf8[consumed..];
            CharacterClass kind = Characters.Classify(rune);
            if (kind == CharacterClass.Invisible)
                continue;

            if (kind is CharacterClass.Joiner or CharacterClass.Extend)
            {
                if (previous == CharacterClass.Space)
                    continue;

                output.Write(rune);
                joined = kind == CharacterClass.Joiner;
                continue;
            }

            bool continues = joined || (kind == previous && kind is CharacterClass.Word or CharacterClass.Regional);
            if (!continues && previous != CharacterClass.Space)
                output.Write(Space);

            if (kind != CharacterClass.Space)
                output.Write(Characters.Fold(rune));

            // The second half ends a flag, so that a third begins the next.
            previous = kind == CharacterClass.Regional && continues ? CharacterClass.Symbol : kind;
            joined = false;
        }

        if (previous != CharacterClass.Space)
            output.Write(Space);
    }

    /// <summary>Every sequence of one to <c>most</c> words ends at a space and begins after one.</summary>
    private void AddGrams(GramList output)
    {
        int length = output.Length;
        for (int start = 0; start < length;)
        {
            int next = length, end = start;
            for (int words = 0; words < most && end < length; words++, end++)
            {
                while (output[end] != Space)
                    end++;

                output.Add(start, end - start);
                if (words == 0)
                    next = end + 1;
            }

            start = next;
        }
    }
}
