using Credence.Data;
using Credence.Data.Scores;
using Credence.Numerics;
using Credence.Optimization;

namespace Credence.LogitModels;

/// <summary>Compares learners on the same rows by out-of-fold log loss. A later learner, taken to be less simple, wins only where it is
/// better by more than
/// the standard error of the paired difference.</summary>
public sealed record LearnerContest
{
    /// <summary>The winner's fit.</summary>
    public required LogitFit Fit { get; init; }

    /// <summary>The winner's name.</summary>
    public required string Name { get; init; }

    /// <summary>Every learner that took part, in the order given.</summary>
    public required IReadOnlyList<LearnerCandidate> Candidates { get; init; }

    /// <summary>Fits each learner and chooses the best.</summary>
    /// <param name="learners">At least one, the simplest first.</param>
    /// <param name="rows">The rows, the same for all.</param>
    /// <param name="progress">Receives the progress of each learner's fit.</param>
    /// <param name="cancellationToken">Stops the work within a second.</param>
    /// <exception cref="ArgumentException">There is no learner, or the rows are unsuitable for training.</exception>
    public static LearnerContest Run(
        IReadOnlyList<ILogitLearner> learners, LearnerRows rows, IProgress<TrainingProgress>? progress = null,
            CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(learners);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfZero(learners.Count, nameof(learners));
        double[] shares = Shares(rows);
        var candidates = new List<LearnerCandidate>();
        LogitFit? best = null;
        string name = "";
        double[] least = [];
        foreach (ILogitLearner learner in learners)
        {
            LogitFit fit = learner.Fit(rows, progress, cancellationToken);
            double[] losses = Losses(fit.OutOfFold, rows.Labels);
            (double loss, double error) = Mean(losses, shares);
            candidates.Add(new LearnerCandidate(learner.Name, loss, error));
            if (best is null || IsClearlyLower(losses, least, shares))
                (best, name, least) = (fit, learner.Name, losses);
        }

        return new LearnerContest { Fit = best!, Name = name, Candidates = candidates };
    }

    private static bool IsClearlyLower(double[] losses, double[] others, double[] shares)
    {
        (double difference, double error) = Mean([.. losses.Zip(others, (loss, other) => other - loss)], shares);
        return difference > error;
    }

    private static double[] Losses(Logits logits, Labels labels)
    {
        var losses = new double[logits.Rows];
        for (int row = 0; row < losses.Length; row++)
            losses[row] = LogSumExp.Compute(logits.Row(row)) - logits.Row(row)[labels[row]];

        return losses;
    }

    private static double[] Shares(LearnerRows rows)
    {
        double[] weights = rows.Weights ?? [.. Enumerable.Repeat(1.0, rows.Labels.Count)];
        double sum = weights.Sum();
        return [.. weights.Select(weight => weight / sum)];
    }

    /// <summary>A weighted mean and its standard error, √(Σ wᵢ²(xᵢ − mean)²) with Σ wᵢ = 1.</summary>
    private static (double Mean, double StandardError) Mean(double[] values, double[] shares)
    {
        double mean = 0, square = 0;
        for (int i = 0; i < values.Length; i++)
            mean += shares[i] * values[i];

        for (int i = 0; i < values.Length; i++)
            square += shares[i] * shares[i] * (values[i] - mean) * (values[i] - mean);

        return (mean, Math.Sqrt(square));
    }
}
