namespace Credence.Files.Inputs;

/// <summary>The options of <see cref="ReadOptions"/> as messages name them. A note ends in <c>(ReadOptions.Encoding)</c>; a remedy reads
/// <c>Set ReadOptions.Missing to 'n/a' to …</c>; a wrong value reads <c>ReadOptions.Kind 'x' is not known</c>. A program that has other
/// names for them, as the command has, replaces them.</summary>
internal static class ReadOptionNames
{
    private const string Of = nameof(ReadOptions) + ".";

    public const string Kind = Of + nameof(ReadOptions.Kind);
    public const string Label = Of + nameof(ReadOptions.Label);
    public const string LabelPattern = Of + nameof(ReadOptions.LabelPattern);
    public const string LabelSeparator = Of + nameof(ReadOptions.LabelSeparator);
    public const string LabelNames = Of + nameof(ReadOptions.LabelNames);
    public const string Text = Of + nameof(ReadOptions.Text);
    public const string Drop = Of + nameof(ReadOptions.Drop);
    public const string Category = Of + nameof(ReadOptions.Category);
    public const string Number = Of + nameof(ReadOptions.Number);
    public const string Decimal = Of + nameof(ReadOptions.Decimal);
    public const string DateOrder = Of + nameof(ReadOptions.DateOrder);
    public const string Weight = Of + nameof(ReadOptions.Weight);
    public const string Group = Of + nameof(ReadOptions.Group);
    public const string Keep = Of + nameof(ReadOptions.Keep);
    public const string Positive = Of + nameof(ReadOptions.Positive);
    public const string IgnoreLabel = Of + nameof(ReadOptions.IgnoreLabel);
    public const string Array = Of + nameof(ReadOptions.Array);
    public const string SplitColumn = Of + nameof(ReadOptions.SplitColumn);
    public const string SplitByTime = Of + nameof(ReadOptions.SplitByTime);
    public const string Separator = Of + nameof(ReadOptions.Separator);
    public const string Columns = Of + nameof(ReadOptions.Columns);
    public const string HasHeader = Of + nameof(ReadOptions.HasHeader);
    public const string SkipLines = Of + nameof(ReadOptions.SkipLines);
    public const string Encoding = Of + nameof(ReadOptions.Encoding);
    public const string Missing = Of + nameof(ReadOptions.Missing);
    public const string Comment = Of + nameof(ReadOptions.Comment);
    public const string Quote = Of + nameof(ReadOptions.Quote);
    public const string SkipBad = Of + nameof(ReadOptions.SkipBad);
    public const string MaxMemoryBytes = Of + nameof(ReadOptions.MaxMemoryBytes);

    /// <summary>What saved scores are: a property of the scores themselves, which stand to the right of this folder.</summary>
    public const string ScoreKind = "SavedScores.Kind";
}
