using Credence.Data;
using Credence.Files.Delimited;
using Credence.Files.Records;

namespace Credence.Files.Patterns;

/// <summary>Lines with a label in each: cells text, label and group.</summary>
internal sealed class PatternRecords(LineRecords lines, string file, LabelPattern pattern) : IRecords
{
    private LabelMatch match;

    /// <inheritdoc/>
    public int Fields => pattern.HasGroup ? 3 : 2;

    /// <inheritdoc/>
    public long Line => lines.Line;

    /// <inheritdoc/>
    public bool Next()
    {
        if (!lines.Next())
            return false;

        var place = new RowPlace(file, lines.Line);
        return pattern.TryMatch(lines.Whole, place, out match) ? true : throw pattern.NoMatch(lines.Whole, place);
    }

    /// <inheritdoc/>
    public ReadOnlySpan<char> Text(int field) => field switch
    {
        0 => match.Rest.AsSpan().Trim(),
        1 => match.Label.AsSpan().Trim(),
        2 => match.Group.AsSpan().Trim(),
        _ => [],
    };

    /// <inheritdoc/>
    public bool TryNumber(int field, out double number) => NumberParser.TryParse(Text(field), out number);

    /// <inheritdoc/>
    public void Dispose() => lines.Dispose();
}
