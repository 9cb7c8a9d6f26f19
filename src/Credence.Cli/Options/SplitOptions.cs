using System.CommandLine;
using Credence.Data.Splits;

namespace Credence.Cli.Options;

/// <summary>The options that say which rows are measured on.</summary>
internal static class SplitOptions
{
    /// <summary><c>--test</c></summary>
    public static readonly Option<string?> Test = new("--test") { HelpName = "FILE", Description = "Measure on the rows of this file." };

    /// <summary><c>--test-labels</c></summary>
    public static readonly Option<string?> TestLabels = new("--test-labels") { HelpName = "FILE", Description = "The labels of --test in a file of their own." };

    /// <summary><c>--valid</c></summary>
    public static readonly Option<string?> Valid = new("--valid")
    {
        HelpName = "FILE",
        Description = "More labelled rows to choose settings on. Folds do that here, so they are trained on.",
    };

    /// <summary><c>--test-size</c></summary>
    public static readonly Option<double> TestSize = GlobalOptions.Bounded(new Option<double>("--test-size")
    {
        HelpName = "PART",
        Description = "The part of the rows to set aside for measuring.",
        DefaultValueFactory = _ => 0.2,
    }, 0.001, 0.999);

    /// <summary><c>--folds</c></summary>
    public static readonly Option<int> Folds = new("--folds")
    {
        HelpName = "N",
        Description = "Measure by cross-validation over N folds; the model is trained on all rows.",
    };

    /// <summary><c>--split-out</c></summary>
    public static readonly Option<string?> SplitOut = new("--split-out") { HelpName = "FILE", Description = "Write which part each row is in, as csv." };

    /// <summary>Gives a command these options.</summary>
    public static void AddTo(Command command)
    {
        Folds.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is var folds and not (>= 2 and <= 100))
                result.AddError($"--folds is {folds}; it must be from 2 to 100.");
        });
        foreach (Option option in new Option[] { Test, TestLabels, Valid, TestSize, Folds, SplitOut })
            command.Options.Add(option);
    }
}
