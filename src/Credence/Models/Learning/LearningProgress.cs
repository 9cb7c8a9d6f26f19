namespace Credence.Models.Learning;

/// <summary>The progress of training a classifier.</summary>
/// <param name="Stage">The current stage: features, training or calibration.</param>
/// <param name="Fraction">The fraction of the stage that is done, 0 to 1.</param>
/// <param name="Detail">Details of the stage, or null.</param>
public sealed record LearningProgress(string Stage, double Fraction, string? Detail)
{
    /// <summary>A note for the user to read at once, not only at the end; null for none.</summary>
    public string? Note { get; init; }
}
