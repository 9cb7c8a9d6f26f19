namespace Credence.Diagnostics;

/// <summary>One thing a look at scores or a model brought to light.</summary>
/// <param name="Weight">How much it matters.</param>
/// <param name="Topic">What it is about, in a word or two.</param>
/// <param name="Text">What was found, in plain words with the numbers.</param>
/// <param name="Advice">What to do about it; null where there is nothing to do.</param>
public sealed record Finding(Severity Weight, string Topic, string Text, string? Advice = null);
