using Credence.Files.Records;

namespace Credence.Files.Delimited;

/// <summary>Lines whose first words are labels: cells text and label, the labels with a space between them.</summary>
internal sealed class FastTextRecords(LineRecords lines) : IRecords
{
    private string text = "", label = "";

    /// <inheritdoc/>
    public int Fields => 2;

    /// <inheritdoc/>
    public long Line => lines.Line;

    /// <summary>The number of labels of the current line.</summary>
    public int Labels { get; private set; }

    /// <inheritdoc/>
    public bool Next()
    {
        if (!lines.Next())
            return false;

        ReadOnlySpan<char> rest = lines.Whole.AsSpan().Trim();
        Labels = 0;
        label = "";
        while (rest.StartsWith(FastTextFile.Prefix, StringComparison.Ordinal))
        {
            int end = rest.IndexOfAny(' ', '\t');
            ReadOnlySpan<char> word = end < 0 ? rest : rest[..end];
            label = Labels == 0 ? word[FastTextFile.Prefix.Length..].ToString() : $"{label} {word[FastTextFile.Prefix.Length..]}";
            rest = end < 0 ? [] : rest[end..].TrimStart();
            Labels++;
        }

        text = rest.ToString();
        return true;
    }

    /// <inheritdoc/>
    public ReadOnlySpan<char> Text(int field) => field switch { 0 => text, 1 => label, _ => [] };

    /// <inheritdoc/>
    public bool TryNumber(int field, out double number) => NumberParser.TryParse(Text(field), out number);

    /// <inheritdoc/>
    public void Dispose() => lines.Dispose();
}
