using System.CommandLine;
using Credence.Cli.Errors;
using Credence.Files.Inputs;
using Credence.Linear.Minibatch;
using Credence.Workflows.Training;

namespace Credence.Cli.Options;

/// <summary>The options of training from disk, for data larger than memory.</summary>
internal static class StreamOptions
{
    private static readonly Option<string?> Checkpoint = new Option<string?>("--checkpoint")
    {
        HelpName = "FILE",
        Description = "With --stream: save the training state to FILE and resume from it; deleted at the end.",
    }.Under(HelpHeading.Streaming);

    private static readonly Option<bool> Stream = new("--stream")
    {
        Description = "Train from disk in several passes, in memory that does not grow with the rows.",
    };

    private static readonly Option<int?> Epochs = new Option<int?>("--epochs")
    {
        HelpName = "N",
        Description = "With --stream: train for N epochs; by default 4 million rows' worth, from 2 to 100.",
    }.Under(HelpHeading.Streaming);

    private static readonly Option<string?> Optimizer = new Option<string?>("--optimizer")
    {
        HelpName = "NAME",
        Description = "With --stream: use adamw (the default) or sgd.",
    }.Under(HelpHeading.Streaming);

    private static readonly Option<long?> CheckpointRows = new Option<long?>("--checkpoint-rows")
    {
        HelpName = "N",
        Description = "With --checkpoint: save after every N rows; 1,000,000 by default.",
    }.Under(HelpHeading.Streaming);

    /// <summary>Adds these options to a command.</summary>
    public static void AddTo(Command command)
    {
        Optimizer.AcceptOnlyFromAmong("adamw", "sgd");
        Epochs.Validators.Add(result => AtLeastOne(NumberOption.Written<int>(result), "--epochs", result.AddError));
        CheckpointRows.Validators.Add(result => AtLeastOne(NumberOption.Written<long>(result), "--checkpoint-rows", result.AddError));
        foreach (Option option in new Option[] { Stream, Epochs, Optimizer, Checkpoint, CheckpointRows })
            command.Options.Add(option);
    }

    /// <summary>The options of training from disk; null without <c>--stream</c>.</summary>
    /// <param name="invocation">The command.</param>
    /// <param name="reading">The read options.</param>
    /// <param name="l1Ratio">The value of <c>--l1-ratio</c>.</param>
    /// <exception cref="UsageException">An option of it was given without <c>--stream</c>, or one that it does not support.</exception>
    public static StreamingOptions? Read(Invocation invocation, ReadOptions reading, double l1Ratio)
    {
        if (!invocation.Get(Stream))
        {
            string? stray = invocation.Get(Epochs) is not null ? "--epochs"
                : invocation.Get(Optimizer) is not null ? "--optimizer"
                : invocation.Get(Checkpoint) is not null ? "--checkpoint"
                : invocation.Get(CheckpointRows) is not null ? "--checkpoint-rows" : null;
            return stray is null ? null : throw new UsageException($"{stray} is for training from disk: give --stream too.");
        }

        if (invocation.Get(Checkpoint) is null)
            IdleOptions.Refuse(invocation, "without --checkpoint", CheckpointRows);

        string? unfit = invocation.Get(SplitOptions.Folds) > 0 ? "--folds"
            : invocation.Get(SplitOptions.SplitOut) is not null ? "--split-out"
            : reading.SplitColumn is not null ? "--split-column"
            : reading.SplitByTime is not null ? "--split-by-time" : null;
        if (unfit is not null)
            throw new UsageException($"{unfit} can't be combined with --stream, which holds out rows by a hash of their content.");

        if (reading.LabelSeparator is not null)
            throw new UsageException("--label-separator can't be combined with --stream, which needs one label per row.");

        if (l1Ratio > 0)
            throw new UsageException("--l1-ratio can't be combined with --stream: minibatch training makes no weight exactly 0.");

        var options = new MinibatchSoftmaxRegressionOptions
        {
            Epochs = invocation.Get(Epochs),
            Optimizer = invocation.Get(Optimizer) == "sgd" ? MinibatchOptimizer.Sgd : MinibatchOptimizer.AdamW,
        };
        return new StreamingOptions
        {
            Minibatches = invocation.Get(CheckpointRows) is { } rows ? options with { CheckpointRows = rows } : options,
            Checkpoint = invocation.Get(Checkpoint),
        };
    }

    private static void AtLeastOne(long? value, string name, Action<string> refuse)
    {
        if (value < 1)
            refuse($"{name} is {value}; it must be at least 1.");
    }
}
