using Credence.Optimization;

namespace Credence.Networks;

/// <summary>Reports the progress of several trainings as one.</summary>
/// <param name="progress">Receives it; at most about every hundredth of the work.</param>
/// <param name="trainings">How many trainings there are.</param>
/// <param name="epochs">The most epochs of each.</param>
internal sealed class FitSteps(IProgress<TrainingProgress>? progress, int trainings, int epochs)
{
    private const double Every = 0.004;

    private int training;
    private double reported;

    /// <summary>Goes on to the next training.</summary>
    public void Next() => training++;

    /// <summary>Reports where a training is.</summary>
    /// <param name="epoch">Epochs so far, with the part of the current one.</param>
    /// <param name="loss">The training loss.</param>
    /// <param name="heldOut">The held-out loss, where there is one.</param>
    /// <param name="last">The epochs of this training.</param>
    public void Report(double epoch, double loss, double? heldOut, int last)
    {
        double done = Math.Min(1, (training + (epoch / last)) / trainings);
        if (done - reported < Every && done < 1)
            return;

        reported = done;
        progress?.Report(new TrainingProgress((training * epochs) + (int)epoch, loss, null, heldOut, done));
    }
}
