using Credence.Data;
using Credence.Data.Columns;
using Credence.Data.Scores;
using Credence.LogitModels;
using Credence.Networks.Training;

namespace Credence.Networks;

/// <summary>A training on all rows but a fold's, which are scored after each epoch.</summary>
/// <param name="Rows">The fold's rows.</param>
/// <param name="Logits">[rows, classes]: each half's by the epoch that is best for the other half.</param>
/// <param name="Epochs">The best number of epochs for both.</param>
internal sealed record HeldOutFit(int[] Rows, double[] Logits, int Epochs)
{
    /// <summary>Trains and chooses.</summary>
    public static HeldOutFit Make(
        NetworkPlan plan, NetworkRows data, LearnerRows rows, int fold, FitSteps steps, CancellationToken cancellationToken)
    {
        int[] held = RowsOf(rows, own => own == fold), train = RowsOf(rows, own => own != fold);
        int classes = rows.Labels.Classes, half = held.Length / 2, best = 1, since = 0;
        var first = new Half(rows, held[..half]);
        var second = new Half(rows, held[half..]);
        double least = double.PositiveInfinity;
        double? shown = null;
        using var trainer = new NetworkTrainer(plan.Network, data, train, plan.Options, rows.Seed + 1 + (ulong)fold, rows.MaxThreads);
        while (trainer.Epoch < plan.Options.Epochs)
        {
            trainer.MakeEpoch(
                part => steps.Report(trainer.Epoch + part, trainer.Loss, shown, plan.Options.Epochs), cancellationToken);
            first.Score(trainer, classes, cancellationToken);
            second.Score(trainer, classes, cancellationToken);
            first.KeepWhereLower(second);
            second.KeepWhereLower(first);
            double both = ((first.Loss * first.Rows.Length) + (second.Loss * second.Rows.Length)) / held.Length;
            shown = both;
            since++;
            if (both < least)
                (least, best, since) = (both, trainer.Epoch, 0);

            if (plan.Options.Patience > 0 && since >= plan.Options.Patience)
                break;
        }

        steps.Next();
        return new HeldOutFit(held, [.. first.Chosen, .. second.Chosen], best);
    }

    private static int[] RowsOf(LearnerRows rows, Func<int, bool> isWanted) =>
        [.. Enumerable.Range(0, rows.Folds.Length).Where(row => isWanted(rows.Folds[row]))];

    /// <summary>Half of the held-out rows.</summary>
    private sealed class Half(LearnerRows rows, int[] own)
    {
        private readonly Labels labels = rows.Labels.Select(own);
        private readonly double[] weights = rows.Weights is { } all ? Gather.Rows(all, own) : [];
        private double[] logits = new double[own.Length * rows.Labels.Classes];
        private double least = double.PositiveInfinity;

        public int[] Rows => own;

        /// <summary>The loss in this epoch.</summary>
        public double Loss { get; private set; }

        /// <summary>The logits of the epoch that was best for the other half.</summary>
        public double[] Chosen { get; private set; } = new double[own.Length * rows.Labels.Classes];

        public void Score(NetworkTrainer trainer, int classes, CancellationToken cancellationToken)
        {
            logits = new double[logits.Length];
            trainer.Score(own, logits, cancellationToken);
            Loss = ScaledLoss.Compute(new Logits(logits, classes), labels, weights);
        }

        /// <summary>Keeps this epoch's logits where it is the best so far for the other half.</summary>
        public void KeepWhereLower(Half other)
        {
            if (other.Loss < least || other.Rows.Length == 0)
                (least, Chosen) = (other.Loss, logits);
        }
    }
}
