using System.Globalization;
using System.Text;

namespace Credence.Features.Text;

/// <summary>A character's class in the tokenizer.</summary>
internal enum CharacterClass : byte
{
    /// <summary>White space or a control character: ends a word.</summary>
    Space,

    /// <summary>A letter, digit or underscore: part of a word.</summary>
    Word,

    /// <summary>A letter of a script without spaces: a word on its own.</summary>
    Single,

    /// <summary>Punctuation, a symbol or an emoji: a word on its own.</summary>
    Symbol,

    /// <summary>An accent, variation selector or skin tone: part of the preceding character.</summary>
    Extend,

    /// <summary>The zero-width joiner of emoji sequences.</summary>
    Joiner,

    /// <summary>A regional indicator: half of a flag.</summary>
    Regional,

    /// <summary>An invisible format character: ignored.</summary>
    Invisible,
}

/// <summary>Classes of characters, and their lower case.</summary>
internal static class Characters
{
    private static readonly CharacterClass[] Ascii = [.. Enumerable.Range(0, 128).Select(value => ClassifyAny(new Rune(value)))];

    /// <summary>The class of a character.</summary>
    public static CharacterClass Classify(Rune rune) => rune.IsAscii ? Ascii[rune.Value] : ClassifyAny(rune);

    /// <summary>The lower case, by Unicode's simple mapping.</summary>
    public static Rune Fold(Rune rune) => Rune.ToLowerInvariant(rune);

    private static CharacterClass ClassifyAny(Rune rune)
    {
        switch (rune.Value)
        {
            case 0x200D:
                return CharacterClass.Joiner;
            case 0x200B:
                return CharacterClass.Space;
            case >= 0x1F1E6 and <= 0x1F1FF:
                return CharacterClass.Regional;
            case >= 0x1F3FB and <= 0x1F3FF:
                return CharacterClass.Extend;
        }

        return Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
                or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber
                or UnicodeCategory.ConnectorPunctuation => CharacterClass.Word,
            UnicodeCategory.OtherLetter or UnicodeCategory.ModifierLetter =>
                HasNoSpaces(rune.Value) ? CharacterClass.Single : CharacterClass.Word,
            UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark =>
                CharacterClass.Extend,
            UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.Control => CharacterClass.Space,
            UnicodeCategory.Format => CharacterClass.Invisible,
            _ => CharacterClass.Symbol,
        };
    }

    /// <summary>Thai, Lao, Tibetan, Myanmar, Khmer, kana, bopomofo, and the Han ideographs with their extensions.</summary>
    private static bool HasNoSpaces(int value) =>
        value is (>= 0x0E00 and <= 0x0FFF) or (>= 0x1000 and <= 0x109F) or (>= 0x1780 and <= 0x17FF)
        or (>= 0x3005 and <= 0x3007) or (>= 0x3040 and <= 0x312F) or (>= 0x31A0 and <= 0x31FF) or (>= 0x3400 and <= 0x4DBF)
        or (>= 0x4E00 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0xFF66 and <= 0xFF9F) or (>= 0x1B000 and <= 0x1B16F)
        or (>= 0x20000 and <= 0x3FFFF);
}
