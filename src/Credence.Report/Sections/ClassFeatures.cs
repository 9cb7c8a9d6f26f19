namespace Credence.Report.Sections;

/// <summary>The features with the largest weights for and against a class.</summary>
/// <param name="Class">The class.</param>
/// <param name="Features">Features and their weights, the strongest first.</param>
public sealed record ClassFeatures(string Class, IReadOnlyList<(string Name, double Weight)> Features);
