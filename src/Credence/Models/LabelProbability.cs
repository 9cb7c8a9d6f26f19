namespace Credence.Models;

/// <summary>A class name with its probability.</summary>
/// <param name="Label">The class's name.</param>
/// <param name="Probability">0 to 1.</param>
public readonly record struct LabelProbability(string Label, double Probability);
