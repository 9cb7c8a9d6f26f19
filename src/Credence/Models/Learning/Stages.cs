using Credence.Features;
using Credence.Optimization;

namespace Credence.Models.Learning;

/// <summary>Turns the progress of each stage into the progress of the whole training.</summary>
internal static class Stages
{
    public static IProgress<double>? Reading(IProgress<LearningProgress>? to) => to is null ? null : new Relay<double>(
        part => to.Report(new LearningProgress("first pass", part, null)));

    public static IProgress<FeatureProgress>? Features(IProgress<LearningProgress>? to) => to is null ? null : new Relay<FeatureProgress>(
        part => to.Report(new LearningProgress("features", (double)part.Done / Math.Max(1, part.Total), part.Column)));

    public static IProgress<TrainingProgress>? Training(IProgress<LearningProgress>? to) => to is null ? null : new Relay<TrainingProgress>(
        part => to.Report(new LearningProgress(
            "training",
            part.Fraction,
            $"pass {part.Pass}, J {part.Objective:0.0000}"
                + (part.Gap is { } gap ? $", gap {gap:0.0e-0}" : "")
                + (part.HeldOutLogLoss is { } heldOut ? $", held-out log loss {heldOut:0.0000}" : ""))));

    public static IProgress<(double Share, string Step)>? Calibration(IProgress<LearningProgress>? to) =>
        to is null ? null : new Relay<(double Share, string Step)>(
        part => to.Report(new LearningProgress("calibration", part.Share, part.Step)));

    // Progress<T> would post to another thread, where the last report could arrive after the end.
    private sealed class Relay<T>(Action<T> tell) : IProgress<T>
    {
        public void Report(T value) => tell(value);
    }
}
