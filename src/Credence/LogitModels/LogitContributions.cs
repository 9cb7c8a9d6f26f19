namespace Credence.LogitModels;

/// <summary>A difference of two classes' logits as a sum: <paramref name="Base"/> plus what each feature adds, up to rounding.</summary>
/// <param name="Base">The part that no feature makes.</param>
/// <param name="Terms">Each feature, by its index, that adds something in this row: its value there and its part of the difference.</param>
public sealed record LogitContributions(double Base, IReadOnlyList<(int Feature, float Value, double LogOdds)> Terms);
