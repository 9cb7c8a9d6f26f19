namespace Credence.Features.Text;

/// <summary>Finds the n-grams of one kind in a text. Stateless.</summary>
internal interface IGramReader
{
    /// <summary>Empties the list and fills it with the n-grams of a text.</summary>
    /// <param name="utf8">The text; invalid UTF-8 counts as U+FFFD.</param>
    /// <param name="output">The n-grams.</param>
    void Read(ReadOnlySpan<byte> utf8, GramList output);

    /// <summary>The name of an n-gram's feature, for a reader.</summary>
    string Describe(string gram);
}
