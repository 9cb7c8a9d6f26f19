namespace Credence.LogitModels;

/// <summary>A difference of two classes' logits as a sum: <paramref name="Base"/> plus what each feature adds, up to rounding.</summary>
/// <param name="Base">The part that no feature contributes.</param>
/// <param name="Terms">Each contributing feature, by index: its value in the row and its part of the difference.</param>
public sealed record LogitContributions(double Base, IReadOnlyList<(int Feature, float Value, double LogOdds)> Terms);
