namespace Credence.Files.Media;

/// <summary>Pictures or sounds that lie in a column of a table.</summary>
/// <param name="Kind">What they are.</param>
/// <param name="Contents">The bytes of each.</param>
/// <param name="Names">A name for each.</param>
/// <param name="LabelName">The column of the labels, or null.</param>
/// <param name="Labels">The label of each, empty where it is missing; null where there is no such column.</param>
/// <param name="Notes">What was detected.</param>
internal sealed record MediaTable(
    MediaKind Kind, byte[][] Contents, string[] Names, string? LabelName, string[]? Labels, IReadOnlyList<string> Notes);
