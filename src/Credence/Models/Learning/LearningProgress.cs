namespace Credence.Models.Learning;

/// <summary>Where the making of a classifier stands.</summary>
/// <param name="Stage">What is being done: features, training or calibration.</param>
/// <param name="Fraction">The part of that stage that is done, 0 to 1.</param>
/// <param name="Detail">What there is to say of it, or null.</param>
public sealed record LearningProgress(string Stage, double Fraction, string? Detail)
{
    /// <summary>What a person should know at once and not only when all is done; null for nothing.</summary>
    public string? Note { get; init; }
}
