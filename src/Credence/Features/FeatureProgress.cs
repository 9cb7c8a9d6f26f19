namespace Credence.Features;

/// <summary>How far fitting the features has come.</summary>
/// <param name="Column">The column that is being looked at.</param>
/// <param name="Done">Columns finished.</param>
/// <param name="Total">Columns in all.</param>
public readonly record struct FeatureProgress(string Column, int Done, int Total);
