using System.CommandLine;
using Credence.Cli.Errors;
using Credence.Cli.Options;
using Credence.Conformal;
using Credence.Data.Scores;
using Credence.Files.Inputs;
using Credence.Files.Scores;
using Credence.Models;
using Credence.Workflows;
using Credence.Workflows.Scores;

namespace Credence.Cli.Commands.Scores;

/// <summary>The options of the commands that take saved scores, and how the scores are read.</summary>
internal static class ScoreOptions
{
    /// <summary><c>--input</c></summary>
    public static readonly Option<string?> InputKind = new("--input")
    {
        HelpName = "KIND",
        Description = "Read the scores as logits or probabilities.",
    };

    /// <summary><c>--normalize</c></summary>
    public static readonly Option<bool> Normalize = new Option<bool>("--normalize")
    {
        Description = "Convert probabilities whose rows don't sum to 1 (percentages, sigmoids, rounded numbers) to ones that do.",
    }.Under(HelpHeading.Reading);

    /// <summary><c>--ignore-label</c></summary>
    public static readonly Option<string?> IgnoreLabel = new Option<string?>("--ignore-label")
    {
        HelpName = "LABEL",
        Description = "Leave out rows with this label; by default −1 and −100 where labels are numbers.",
    }.Under(HelpHeading.Columns);

    /// <summary><c>--array</c></summary>
    public static readonly Option<string?> Array = new Option<string?>("--array")
    {
        HelpName = "NAME",
        Description = "Read the scores from this array of an npz file; known names are found.",
    }.Under(HelpHeading.Columns);

    /// <summary>The options that only saved scores have.</summary>
    public static IReadOnlyList<Option> OfScores => [InputKind, Normalize, IgnoreLabel, Array];

    /// <summary><c>--report</c></summary>
    public static readonly Option<string?> Report = new("--report") { HelpName = "FILE", Description = "Write an HTML report to FILE." };

    /// <summary><c>--sets</c></summary>
    public static readonly Option<string?> Sets = new Option<string?>("--sets")
    {
        HelpName = "NAME",
        Description = $"Build prediction sets from this score: {string.Join(", ", SetScores.Names)}.",
    }.Under(HelpHeading.Calibration);

    /// <summary><c>--alpha</c></summary>
    public static readonly Option<double> Alpha = GlobalOptions.Bounded(new Option<double>("--alpha")
    {
        HelpName = "A",
        Description = "Let at most this share of prediction sets miss the true class.",
        DefaultValueFactory = _ => 0.1,
    }, 0.0001, 0.9999).Under(HelpHeading.Calibration);

    /// <summary><c>--set-by</c></summary>
    public static readonly Option<string?> SetBy = new Option<string?>("--set-by")
    {
        HelpName = "class|COLUMN",
        Description = "Guarantee the coverage of prediction sets within every class, or within every group of a column.",
    }.Under(HelpHeading.Calibration);

    /// <summary><c>--allow-empty-sets</c></summary>
    public static readonly Option<bool> AllowEmptySets = new Option<bool>("--allow-empty-sets")
    {
        Description = "Let prediction sets be empty where every class is unlikely; by default a set holds the most probable class.",
    }.Under(HelpHeading.Calibration);

    /// <summary>The options of prediction sets.</summary>
    public static IReadOnlyList<Option> OfSets => [Sets, Alpha, SetBy, AllowEmptySets];

    /// <summary>Adds these options, and those of reading data, to a command.</summary>
    public static void AddTo(Command command)
    {
        InputKind.AcceptOnlyFromAmong("logits", "probabilities");
        Sets.AcceptOnlyFromAmong(SetScores.Names);
        foreach (Option option in new Option[] { InputKind, Normalize, IgnoreLabel, Array, Sets, Alpha, SetBy, AllowEmptySets, Report })
            command.Options.Add(option);

        DataOptions.AddTo(command);
    }

    /// <summary>The options of prediction sets.</summary>
    public static ConformalOptions SetOptions(Invocation invocation) => new()
    {
        Alpha = invocation.Get(Alpha),
        Score = SetScores.Of(invocation.Get(Sets) ?? "lac"),
        Partition = invocation.Get(SetBy) switch
        {
            null => ConformalPartition.None,
            "class" => ConformalPartition.Class,
            _ =>
            ConformalPartition.Group
        },
        AcceptRareParts = true,
        AllowEmptySets = invocation.Get(AllowEmptySets),
        Seed = invocation.Seed,
    };

    /// <summary>The read options; the column that sets are built by is the group column.</summary>
    /// <param name="invocation">The command.</param>
    /// <param name="group">The group column, where no option names one.</param>
    /// <exception cref="UsageException">Two group columns are named.</exception>
    public static ReadOptions Reading(Invocation invocation, string? group = null)
    {
        ReadOptions options = DataOptions.Read(invocation);
        string? setBy = invocation.Get(SetBy) is { } by && by != "class" ? by : null;
        if (setBy is not null && options.Group is not null && options.Group != setBy)
            throw new UsageException($"--set-by {setBy} and --group {options.Group} name two group columns; give one.");

        return options with
        {
            Group = options.Group ?? setBy ?? group,
            IgnoreLabel = invocation.Get(IgnoreLabel),
            Array = invocation.Get(Array),
        };
    }

    /// <summary>Reads scores.</summary>
    /// <param name="invocation">The command.</param>
    /// <param name="path">The file.</param>
    /// <param name="otherwise">The kind of the scores where nothing states it.</param>
    /// <param name="group">The group column, where no option names one.</param>
    /// <exception cref="UsageException">Two group columns are named.</exception>
    /// <exception cref="WorkflowOptionException">An option names something that doesn't exist, or nothing states the kind of the
    /// scores.</exception>
    public static SavedScores Read(Invocation invocation, string path, ScoreKind? otherwise = null, string? group = null) =>
        Input(invocation, path, otherwise, group).Read(invocation.Progress);

    /// <summary>Reads scores for a calibrator.</summary>
    /// <param name="calibrator">The calibrator.</param>
    /// <param name="invocation">The command.</param>
    /// <param name="path">The file.</param>
    /// <param name="keep">The columns to carry through.</param>
    /// <exception cref="UsageException">They are of the other kind.</exception>
    public static SavedScores ReadFor(
        ScoreCalibrator calibrator, Invocation invocation, string path, IReadOnlyList<string>? keep = null)
    {
        ScoreInput input = Input(invocation, path, calibrator.Kind, calibrator.GroupColumn);
        input = input with { Reading = input.Reading with { Keep = keep ?? [] } };
        SavedScores scores = (input with { OneColumnClasses = calibrator.Classes }).Read(invocation.Progress);
        return scores.Kind == calibrator.Kind ? scores : throw new UsageException(
            $"'{path}' holds {Lower(scores.Kind!.Value)}, but the calibrator was fitted on {Lower(calibrator.Kind)}. "
            + $"Give scores of that kind, or --input {Lower(calibrator.Kind)} if they are.");
    }

    /// <summary>Reads and checks labelled scores.</summary>
    /// <exception cref="UsageException">They have no labels.</exception>
    /// <exception cref="InvalidDataException">A row can't be of their kind: the message says where, and which command accepts
    /// it.</exception>
    public static SavedScores ReadLabelled(Invocation invocation, string path)
    {
        SavedScores scores = Read(invocation, path);
        CheckLabelled(scores, path);
        Check(invocation, scores);
        return scores;
    }

    /// <summary>Reads labelled scores of any kind.</summary>
    /// <exception cref="UsageException">They have no labels.</exception>
    public static SavedScores ReadAny(Invocation invocation, string path)
    {
        SavedScores scores = Input(invocation, path).ReadAny(invocation.Progress);
        CheckLabelled(scores, path);
        return scores;
    }

    /// <summary>The kind given by <c>--input</c>, or null.</summary>
    public static ScoreKind? StatedKind(Invocation invocation) =>
        invocation.Get(InputKind) switch { "logits" => ScoreKind.Logits, "probabilities" => ScoreKind.Probabilities, _ => null };

    /// <summary>Refuses scores that can't be of their stated kind, and names the command that accepts them.</summary>
    /// <exception cref="InvalidDataException">A row can't be of that kind: the message says where, and which command accepts
    /// it.</exception>
    public static void Check(Invocation invocation, SavedScores scores)
    {
        try
        {
            ScoreInput.Check(scores, invocation.Progress);
        }
        catch (InvalidDataException error) when (scores.Kind == ScoreKind.Probabilities && scores.Name != "-")
        {
            bool isCell = ScoreFault.First(ScoreKind.Probabilities, scores.Values, scores.Classes.Count) is { Class: >= 0 };
            throw new InvalidDataException(
                $"{error.Message} {(isCell ? "If they are logits, give --input logits. " : "")}Give --normalize, or "
                + $"'credence doctor {scores.Name}' accepts percentages, sigmoids and rows with other sums, and detects their format.");
        }
    }

    private static ScoreInput Input(Invocation invocation, string path, ScoreKind? otherwise = null, string? group = null)
    {
        IdleOptions.Refuse(
            invocation, "with saved scores", [.. DataOptions.OfKinds, DataOptions.DateOrder, DataOptions.SkipBad]);
        return new(path)
        {
            Reading = Reading(invocation, group),
            Kind = StatedKind(invocation),
            DefaultKind = otherwise,
            Normalize = invocation.Get(Normalize),
            StandardInput = Console.OpenStandardInput,
        };
    }

    private static void CheckLabelled(SavedScores scores, string path)
    {
        if (scores.Labels is null)
        {
            throw new UsageException(
                $"'{path}' has scores but no labels, which an evaluation needs. Give a column 'label' (npz: 'labels'), --label NAME or "
                    + "--labels FILE.");
        }
    }

    private static string Lower(ScoreKind kind) => kind.ToString().ToLowerInvariant();
}
