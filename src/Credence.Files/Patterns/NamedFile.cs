using Credence.Files.Inputs;
using Credence.Files.Records;

namespace Credence.Files.Patterns;

/// <summary>A file whose name gives the label, and perhaps the group, of all its rows: two additional cells in each.</summary>
internal sealed class NamedFile(IRecordFile inner, LabelMatch match, bool hasGroup) : IRecordFile
{
    /// <summary>The column that the file's name gives.</summary>
    public const string LabelColumn = "label (file name)";

    /// <summary>The column of groups that the file's name gives.</summary>
    public const string GroupColumn = "group (file name)";

    /// <inheritdoc/>
    public InputFile Input => inner.Input;

    /// <inheritdoc/>
    public IReadOnlyList<string> Names { get; } = [.. inner.Names, LabelColumn, .. hasGroup ? (string[])[GroupColumn] : []];

    /// <inheritdoc/>
    public bool IsNamed => inner.IsNamed;

    /// <inheritdoc/>
    public bool IsRectangular => inner.IsRectangular;

    /// <inheritdoc/>
    public string Description => inner.Description;

    /// <inheritdoc/>
    public IReadOnlyList<string> Notes =>
    [
        .. inner.Notes,
        $"{Input.Name}: all its rows have the label '{NameDisplay.Shortened(match.Label)}', " +
            $"from its name ({ReadOptionNames.LabelPattern}).",
    ];

    /// <inheritdoc/>
    public IRecords Open(bool mistrustQuotes) => new Records(inner.Open(mistrustQuotes), inner, match, Names.Count);

    /// <inheritdoc/>
    public IRecordFile? WithoutQuotes() => inner.WithoutQuotes() is { } unquoted ? new NamedFile(unquoted, match, hasGroup) : null;

    private sealed class Records(IRecords inner, IRecordFile file, LabelMatch match, int width) : IRecords
    {
        private readonly int innerWidth = file.Names.Count;

        public int Fields => width;

        public long Line => inner.Line;

        public bool Next()
        {
            if (!inner.Next())
                return false;

            RecordWidth.Check(file, inner);
            return true;
        }

        public ReadOnlySpan<char> Text(int field) =>
            field < innerWidth ? inner.Text(field) : field == innerWidth ? match.Label : match.Group;

        public bool TryNumber(int field, out double number) => NumberParser.TryParse(Text(field), out number);

        public void Dispose() => inner.Dispose();
    }
}
