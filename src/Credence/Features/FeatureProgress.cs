namespace Credence.Features;

/// <summary>The progress of fitting the features.</summary>
/// <param name="Column">The column that is being fitted.</param>
/// <param name="Done">Columns finished.</param>
/// <param name="Total">Columns in all.</param>
public readonly record struct FeatureProgress(string Column, int Done, int Total);
