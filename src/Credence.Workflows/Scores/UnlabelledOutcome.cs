using Credence.Shift;

namespace Credence.Workflows.Scores;

/// <summary>The accuracy estimated on rows without labels.</summary>
/// <param name="Estimate">The estimate and the state of each assumption.</param>
/// <param name="Source">The class priors where the probabilities were calibrated.</param>
public sealed record UnlabelledOutcome(AccuracyEstimate Estimate, LabelShift Source);
