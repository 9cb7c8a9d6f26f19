using Credence.Linear.Minibatch;

namespace Credence.Workflows.Training;

/// <summary>The options of training from disk, in memory that does not grow with the rows.</summary>
public sealed record StreamingOptions
{
    /// <summary>Epochs, optimizer and the rows between two checkpoints.</summary>
    public MinibatchSoftmaxRegressionOptions Minibatches { get; init; } = new();

    /// <summary>The file that keeps the state of the training, from which it is resumed; null for none. The caller deletes it once
    /// the
    /// model is saved.</summary>
    public string? Checkpoint { get; init; }
}
