using System.Text;

namespace Credence.Features.Text;

/// <summary>Word n-grams in lower case, separated by a space: "what", "what is". A word is a run of letters, digits and
/// underscores; a punctuation mark, an emoji with its modifiers, and each letter of a script without spaces are words too. A text's
/// beginning counts as a word in n-grams of two or more.</summary>
/// <param name="most">The longest n-gram, in words.</param>
internal sealed class WordGrams(int most) : IGramReader
{
    /// <summary>The placeholder of a text's beginning; no text contains it.</summary>
    private const byte Beginning = 2;

    private const byte Space = (byte)' ';

    public void Read(ReadOnlySpan<byte> utf8, GramList output)
    {
        output.Clear();
        Tokenize(utf8, output);
        AddGrams(output);
    }

    public string Describe(string gram) => gram.Contains(' ', StringComparison.Ordinal) ? $"words '{Shown(gram)}'" : $"word '{gram}'";

    /// <summary>A word n-gram for a reader.</summary>
    public static string Shown(string gram) => gram.Length > 0 && gram[0] == (char)Beginning ? "⊢" + gram[1..] : gram;

    /// <summary>Writes the text's beginning and its words, each followed by a space.</summary>
    public static void Tokenize(ReadOnlySpan<byte> utf8, GramList output)
    {
        output.Write(Beginning);
        output.Write(Space);
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

    /// <summary>Every n-gram of one to <c>most</c> words ends at a space and begins after one; the text's beginning alone is no
    /// n-gram.</summary>
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

                if (words == 0)
                    next = end + 1;
                if (start > 0 || words > 0)
                    output.Add(start, end - start);
            }

            start = next;
        }
    }
}
