namespace Credence.LogitModels;

/// <summary>A learner that took part in a contest.</summary>
/// <param name="Name">The learner's name.</param>
/// <param name="LogLoss">The weighted mean of −ln p(label) over the rows, from out-of-fold logits, in nats.</param>
/// <param name="StandardError">The standard error of that mean.</param>
public sealed record LearnerCandidate(string Name, double LogLoss, double StandardError)
{
    /// <summary>How long its fit took. Nothing depends on it.</summary>
    public double Seconds { get; init; }
}
