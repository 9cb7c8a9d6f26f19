using Credence.Data.Scores;
using Credence.Features.Matrices;
using Credence.LogitModels;
using Credence.Networks.Training;
using Credence.Optimization;

namespace Credence.Networks;

/// <summary>Trains a network whose number of epochs is chosen on held-out rows.</summary>
/// <remarks>
/// Where the work is small, every fold is held out once and all rows get out-of-fold logits; otherwise only the rows of the first fold do,
/// and the others stay without. The held-out rows of a fold are two halves: the epoch that scores one half has the lowest loss, after
/// temperature scaling, on the other ("refinement stopping": E. Berta, D. Holzmüller, M. Jordan, F. Bach, Rethinking Early Stopping,
/// 2025), so no row chooses the network that scores it. The model is then trained on all rows for the epochs that were best.
/// </remarks>
internal sealed class NetworkLearner(INetworkDesign design) : ILogitLearner
{
    /// <summary>Multiply-adds up to which every fold is held out once.</summary>
    private const double SmallWork = 1.5e12;

    /// <inheritdoc/>
    public string Name => design.Name;

    /// <inheritdoc/>
    public string? Unsuited(LearnerRows rows) => design.Unsuited(rows);

    /// <inheritdoc/>
    public LogitFit Fit(LearnerRows rows, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (design.Unsuited(rows) is { } reason)
            throw new ArgumentException($"The network can't be trained: {reason}.", nameof(rows));

        NetworkPlan plan = design.Plan(rows);
        plan.Options.Check();
        var features = (DenseMatrix)rows.Features;
        var data = new NetworkRows(rows.Labels.Indices.ToArray(), rows.Weights, Fill(features, plan));
        int folds = rows.Folds.Max() + 1, classes = rows.Labels.Classes;
        double work = 3.0 * NetworkWork.MultiplyAdds(plan.Network) * rows.Labels.Count * plan.Options.Epochs;
        int used = work * folds <= SmallWork ? folds : 1;
        int[] scored = [.. Enumerable.Range(0, rows.Folds.Length).Where(row => rows.Folds[row] < used)];
        var outOfFold = new double[checked(scored.Length * classes)];
        double epochs = 0;
        var steps = new FitSteps(progress, used + 1, plan.Options.Epochs);
        for (int fold = 0; fold < used; fold++)
        {
            HeldOutFit held = HeldOutFit.Make(plan, data, rows, fold, steps, cancellationToken);
            epochs += (double)held.Epochs / used;
            for (int i = 0; i < held.Rows.Length; i++)
            {
                int at = used == folds ? held.Rows[i] : i;
                held.Logits.AsSpan(i * classes, classes).CopyTo(outOfFold.AsSpan(at * classes));
            }
        }

        var all = new NetworkTrainer(
            plan.Network, data, [.. Enumerable.Range(0, rows.Labels.Count)], plan.Options, rows.Seed, rows.MaxThreads);
        using (all)
        {
            int last = Math.Max(1, (int)Math.Round(epochs));
            while (all.Epoch < last)
                all.MakeEpoch(part => steps.Report(all.Epoch + part, all.Loss, null, last), cancellationToken);

            var model = new NetworkModel(plan.Network, plan.Inputs, [.. all.Parameters]);
            return new LogitFit(model, rows.Pipeline, new Logits(outOfFold, classes)) { Rows = used == folds ? null : scored };
        }
    }

    private static RowFill Fill(DenseMatrix features, NetworkPlan plan) => (row, noise, inputs) =>
    {
        plan.Inputs.Fill(features.Row(row), inputs);
        if (noise is not null)
            plan.Augment?.Invoke(inputs, noise);
    };
}
