using System.CommandLine;
using Credence.Linear.Minibatch;

namespace Credence.Cli.Options;

/// <summary>The options of training from disk, on data that need not fit into memory.</summary>
internal static class StreamOptions
{
    /// <summary><c>--checkpoint</c></summary>
    public static readonly Option<string?> Checkpoint = new("--checkpoint")
    {
        HelpName = "FILE",
        Description = "With --stream: keep here where the training stands, and go on from there where it is found; removed when the model is written.",
    };

    private static readonly Option<bool> Stream = new("--stream") { Description = "Train from disk in several passes, in memory that does not grow with the rows." };
    private static readonly Option<int?> Epochs = new("--epochs") { HelpName = "N", Description = "With --stream: passes of training over the rows; by default enough to go through 4 million, from 2 to 100." };
    private static readonly Option<string?> Optimizer = new("--optimizer") { HelpName = "NAME", Description = "With --stream: adamw (the default) or sgd." };
    private static readonly Option<long?> CheckpointRows = new("--checkpoint-rows") { HelpName = "N", Description = "With --checkpoint: the rows from one checkpoint to the next; 1,000,000 by default." };

    /// <summary>Gives a command these options.</summary>
    public static void AddTo(Command command)
    {
        Optimizer.AcceptOnlyFromAmong("adamw", "sgd");
        Epochs.Validators.Add(result => AtLeastOne(result.GetValueOrDefault<int?>(), "--epochs", result.AddError));
        CheckpointRows.Validators.Add(result => AtLeastOne(result.GetValueOrDefault<long?>(), "--checkpoint-rows", result.AddError));
        foreach (Option option in new Option[] { Stream, Epochs, Optimizer, Checkpoint, CheckpointRows })
            command.Options.Add(option);
    }

    /// <summary>Whether to train from disk.</summary>
    /// <exception cref="UsageException">Only an option of it was given, or one that it has no part for.</exception>
    public static bool AreAsked(Invocation invocation)
    {
        if (!invocation.Get(Stream))
        {
            string? stray = invocation.Get(Epochs) is not null ? "--epochs"
                : invocation.Get(Optimizer) is not null ? "--optimizer"
                : invocation.Get(Checkpoint) is not null ? "--checkpoint"
                : invocation.Get(CheckpointRows) is not null ? "--checkpoint-rows" : null;
            return stray is null ? false : throw new UsageException($"{stray} is for training from disk: give --stream too.");
        }

        string? unfit = invocation.Get(SplitOptions.Folds) > 0 ? "--folds"
            : invocation.Get(SplitOptions.SplitOut) is not null ? "--split-out" : null;
        return unfit is null ? true : throw new UsageException($"{unfit} can't be with --stream, which holds out rows by a hash of their content.");
    }

    /// <summary>Steps and passes.</summary>
    public static MinibatchSoftmaxRegressionOptions Read(Invocation invocation)
    {
        var options = new MinibatchSoftmaxRegressionOptions
        {
            Epochs = invocation.Get(Epochs),
            Optimizer = invocation.Get(Optimizer) == "sgd" ? MinibatchOptimizer.Sgd : MinibatchOptimizer.AdamW,
        };
        return invocation.Get(CheckpointRows) is { } rows ? options with { CheckpointRows = rows } : options;
    }

    private static void AtLeastOne(long? value, string name, Action<string> refuse)
    {
        if (value < 1)
            refuse($"{name} is {value}; it must be at least 1.");
    }
}
