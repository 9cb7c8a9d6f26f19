using System.CommandLine;

namespace Credence.Cli.Options;

/// <summary>The options that choose the rows for evaluation.</summary>
internal static class SplitOptions
{
    /// <summary><c>--test</c></summary>
    public static readonly Option<string?> Test = new("--test") { HelpName = "FILE", Description = "Evaluate on the rows of FILE." };

    /// <summary><c>--test-labels</c></summary>
    public static readonly Option<string?> TestLabels = new Option<string?>("--test-labels")
    {
        HelpName = "FILE",
        Description = "Read the labels of --test from FILE.",
    }.Under(HelpHeading.Evaluation);

    /// <summary><c>--valid</c></summary>
    public static readonly Option<string?> Valid = new Option<string?>("--valid")
    {
        HelpName = "FILE",
        Description = "Train on the rows of FILE too; cross-validation selects the hyperparameters.",
    }.Under(HelpHeading.Evaluation);

    /// <summary><c>--test-size</c></summary>
    public static readonly Option<double> TestSize = GlobalOptions.Bounded(new Option<double>("--test-size")
    {
        HelpName = "PART",
        Description = "Hold out this share of the rows for evaluation.",
        DefaultValueFactory = _ => 0.2,
    }, 0.001, 0.999);

    /// <summary><c>--folds</c></summary>
    public static readonly Option<int> Folds = new("--folds")
    {
        HelpName = "N",
        Description = "Evaluate by N-fold cross-validation; train the model on all rows.",
    };

    /// <summary><c>--repeats</c></summary>
    public static readonly Option<string> Repeats = new Option<string>("--repeats")
    {
        HelpName = "NAME",
        Description = "Take rows equal in every column for copies, kept on one side of every split, or for a population's, each split on "
            + "its own; auto decides from the data.",
        DefaultValueFactory = _ => "auto",
    }.Under(HelpHeading.Evaluation);

    /// <summary><c>--split-out</c></summary>
    public static readonly Option<string?> SplitOut = new Option<string?>("--split-out")
    {
        HelpName = "FILE",
        Description = "Write the part that each row is in to FILE, as csv.",
    }.Under(HelpHeading.Evaluation);

    /// <summary>Adds these options to a command.</summary>
    public static void AddTo(Command command)
    {
        Folds.Validators.Add(result =>
        {
            if (NumberOption.Written<int>(result) is { } folds and not (>= 2 and <= 100))
                result.AddError($"--folds is {folds}; it must be from 2 to 100.");
        });
        Repeats.AcceptOnlyFromAmong("auto", "copies", "population");
        foreach (Option option in new Option[] { Test, TestLabels, Valid, TestSize, Folds, Repeats, SplitOut })
            command.Options.Add(option);
    }
}
