using Credence.Models;

namespace Credence.Decisions;

/// <summary>What the search for a threshold with a guarantee gave: the threshold, or the reason why there is none.</summary>
/// <param name="Classifier">Answers at and above the threshold; null where no threshold keeps the promise.</param>
/// <param name="Refusal">Why there is none, in words; null where there is one.</param>
public sealed record SelectiveFit(SelectiveClassifier? Classifier, string? Refusal);
