using System.Diagnostics;
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

    /// <summary>Every learner that took part, in the order given, and last the blend.</summary>
    public required IReadOnlyList<LearnerCandidate> Candidates { get; init; }

    /// <summary>A sentence for each learner that took no part.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Fits each learner and chooses the best.</summary>
    /// <param name="learners">At least one, the simplest first.</param>
    /// <param name="rows">The rows, the same for all.</param>
    /// <param name="progress">Receives the progress of each learner's fit.</param>
    /// <param name="cancellationToken">Stops the work within a second.</param>
    /// <exception cref="ArgumentException">There is no learner, or the rows are unsuitable for training.</exception>
    public static LearnerContest Run(
        IReadOnlyList<ILogitLearner> learners, LearnerRows rows, IProgress<TrainingProgress>? progress = null,
            CancellationToken cancellationToken = default) =>
        Run(learners, rows, BlendEntry.None, progress, cancellationToken);

    /// <summary>Fits each learner that the rows suit, blends them where wanted, and chooses the best.</summary>
    /// <param name="learners">At least one, the simplest first.</param>
    /// <param name="rows">The rows, the same for all.</param>
    /// <param name="blend">Whether a blend takes part.</param>
    /// <param name="progress">Receives the progress of each learner's fit.</param>
    /// <param name="cancellationToken">Stops the work within a second.</param>
    /// <exception cref="ArgumentException">There is no learner, or the rows are unsuitable for training.</exception>
    /// <exception cref="InvalidDataException">The rows suit none of the learners, or a blend is asked for and they suit only
    /// one.</exception>
    public static LearnerContest Run(
        IReadOnlyList<ILogitLearner> learners, LearnerRows rows, BlendEntry blend, IProgress<TrainingProgress>? progress = null,
            CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(learners);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfZero(learners.Count, nameof(learners));
        var notes = new List<string>();
        var fits = new List<(string Name, LogitFit Fit, TimeSpan Elapsed)>();
        for (int i = 0; i < learners.Count; i++)
        {
            ILogitLearner learner = learners[i];
            if (learner.Unsuited(rows) is { } reason)
            {
                notes.Add($"{learner.Name} left out: {reason}");
                continue;
            }

            long start = Stopwatch.GetTimestamp();
            LogitFit fit = learner.Fit(rows, Part(progress, i, learners.Count), cancellationToken);
            fits.Add((learner.Name, fit, Stopwatch.GetElapsedTime(start)));
        }

        if (fits.Count == 0)
            throw new InvalidDataException($"The rows suit none of the models: {string.Join("; ", notes)}");

        // Candidates are compared on the rows that all of them held out.
        int[]? common = Common([.. fits.Select(fit => fit.Fit.Rows)]);
        var compared = new ComparedRows(rows, common);
        double[] shares = compared.Shares;
        List<Entry> entries = [.. fits.Select(fit => Entry.Of(fit.Name, fit.Fit, compared, fit.Elapsed))];
        if (blend != BlendEntry.None && Blend(entries, compared, cancellationToken) is { } blended)
            entries.Add(blended);
        else if (blend == BlendEntry.Alone)
            throw new InvalidDataException($"There are not two models to blend: {string.Join("; ", notes)}");

        Entry best = blend == BlendEntry.Alone ? entries[^1] : entries[0];
        foreach (Entry entry in entries)
        {
            if (blend != BlendEntry.Alone && IsClearlyLower(entry.Losses, best.Losses, shares))
                best = entry;
        }

        return new LearnerContest
        {
            Fit = best.Fit,
            Name = best.Candidate.Name,
            Candidates = [.. entries.Select(entry => entry.Candidate)],
            Notes = notes,
        };
    }

    /// <summary>The progress of one learner as a part of the whole contest's. The later learners, less simple, take longer: the parts
    /// are as 1 to 2 to 3.</summary>
    private static IProgress<TrainingProgress>? Part(IProgress<TrainingProgress>? whole, int learner, int learners)
    {
        double total = learners * (learners + 1) / 2.0, before = learner * (learner + 1) / 2.0 / total, share = (learner + 1) / total;
        return whole is null || learners == 1 ? whole
            : new Relay(part => whole.Report(part with { Fraction = before + (share * part.Fraction) }));
    }

    /// <summary>The rows that all hold; null where all hold all.</summary>
    private static int[]? Common(int[]?[] held)
    {
        int[][] some = [.. held.OfType<int[]>()];
        return some.Length == 0 ? null : [.. some.Skip(1).Aggregate(some[0].AsEnumerable(), (all, own) => all.Intersect(own)).Order()];
    }

    /// <summary>The blend of all, each part's rows by weights from the other parts; null where there is nothing to blend, or where a model
    /// would not be added but subtracted.</summary>
    private static Entry? Blend(List<Entry> entries, ComparedRows rows, CancellationToken cancellationToken)
    {
        if (entries.Count < 2 || entries.Any(entry => entry.Fit.Pipeline != entries[0].Fit.Pipeline))
            return null;

        long start = Stopwatch.GetTimestamp();
        Logits[] logits = [.. entries.Select(entry => entry.Compared)];
        double[] weights = BlendWeights.Fit(logits, rows.Labels, rows.Shares, cancellationToken);
        if (weights.Any(weight => !(weight > 0)))
            return null;

        int classes = rows.Labels.Classes;
        var outOfFold = new double[logits[0].Values.Length];
        for (int part = 0; part <= rows.Parts.Max(); part++)
        {
            double[] others = [.. rows.Shares.Select((share, row) => rows.Parts[row] == part ? 0 : share)];
            Logits mixed = BlendModel.Mix(logits, BlendWeights.Fit(logits, rows.Labels, others, cancellationToken));
            for (int row = 0; row < rows.Parts.Length; row++)
            {
                if (rows.Parts[row] == part)
                    mixed.Row(row).CopyTo(outOfFold.AsSpan(row * classes, classes));
            }
        }

        var model = new BlendModel([.. entries.Select(entry => entry.Fit.Model)], weights);
        var fit = new LogitFit(model, entries[0].Fit.Pipeline, new Logits(outOfFold, classes)) { Rows = rows.Which };
        return Entry.Of(BlendModel.KindName, fit, rows, Stopwatch.GetElapsedTime(start));
    }

    private static bool IsClearlyLower(double[] losses, double[] others, double[] shares)
    {
        (double difference, double error) = Mean([.. losses.Zip(others, (loss, other) => other - loss)], shares);
        return difference > error;
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

    // Progress<T> would post to another thread, where the last report could arrive after the end.
    private sealed class Relay(Action<TrainingProgress> tell) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => tell(value);
    }

    /// <summary>A candidate with its fit, and its logits and losses on the compared rows.</summary>
    private sealed record Entry(LearnerCandidate Candidate, LogitFit Fit, Logits Compared, double[] Losses)
    {
        public static Entry Of(string name, LogitFit fit, ComparedRows rows, TimeSpan elapsed)
        {
            Logits compared = rows.Of(fit);
            var losses = new double[compared.Rows];
            for (int row = 0; row < losses.Length; row++)
                losses[row] = LogSumExp.Compute(compared.Row(row)) - compared.Row(row)[rows.Labels[row]];

            (double loss, double error) = Mean(losses, rows.Shares);
            return new Entry(new LearnerCandidate(name, loss, error) { Seconds = elapsed.TotalSeconds }, fit, compared, losses);
        }
    }
}
