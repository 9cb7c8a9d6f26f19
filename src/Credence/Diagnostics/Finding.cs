namespace Credence.Diagnostics;

/// <summary>One finding of a diagnosis of scores or of a model.</summary>
/// <param name="Weight">How much it matters.</param>
/// <param name="Topic">The subject, in a word or two.</param>
/// <param name="Text">The finding, with its numbers.</param>
/// <param name="Advice">What to do about it; null where there is nothing to do.</param>
public sealed record Finding(Severity Weight, string Topic, string Text, string? Advice = null);
