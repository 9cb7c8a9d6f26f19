using System.CommandLine;
using Credence.Cli.Options;
using Credence.Conformal;
using Credence.Data.Scores;
using Credence.Diagnostics;
using Credence.Files.Inputs;
using Credence.Files.Scores;

namespace Credence.Cli.Commands.Scores;

/// <summary>The options of the commands that take saved scores, and the reading of them.</summary>
internal static class ScoreOptions
{
    /// <summary><c>--input</c></summary>
    public static readonly Option<string?> Input = new("--input") { HelpName = "KIND", Description = "What the scores are: logits or probabilities." };

    /// <summary><c>--report</c></summary>
    public static readonly Option<string?> Report = new("--report") { HelpName = "FILE", Description = "Write a report here, one HTML file." };

    /// <summary><c>--sets</c></summary>
    public static readonly Option<string?> Sets = new("--sets") { HelpName = "NAME", Description = $"The prediction sets' score: {string.Join(", ", SetScores.Names)}." };

    /// <summary><c>--alpha</c></summary>
    public static readonly Option<double> Alpha = GlobalOptions.Bounded(new Option<double>("--alpha")
    {
        HelpName = "A",
        Description = "The share of prediction sets that may miss the true class.",
        DefaultValueFactory = _ => 0.1,
    }, 0.0001, 0.9999);

    /// <summary><c>--set-by</c></summary>
    public static readonly Option<string?> SetBy = new("--set-by")
    {
        HelpName = "class|COLUMN",
        Description = "Sets that hold the true class as often within every class, or within every group that a column names.",
    };

    /// <summary>Gives a command these options and those that say how data is read.</summary>
    public static void AddTo(Command command)
    {
        Input.AcceptOnlyFromAmong("logits", "probabilities");
        Sets.AcceptOnlyFromAmong(SetScores.Names);
        foreach (Option option in new Option[] { Input, Sets, Alpha, SetBy, Report })
            command.Options.Add(option);

        DataOptions.AddTo(command);
    }

    /// <summary>How prediction sets are made.</summary>
    public static ConformalOptions SetOptions(Invocation invocation) => new()
    {
        Alpha = invocation.Get(Alpha),
        Score = SetScores.Of(invocation.Get(Sets) ?? "lac"),
        Partition = invocation.Get(SetBy) switch { null => ConformalPartition.None, "class" => ConformalPartition.Class, _ => ConformalPartition.Group },
        AcceptRareParts = true,
        Seed = invocation.Seed,
    };

    /// <summary>How text is read; a column that sets are made by is the one of groups.</summary>
    /// <param name="invocation">The command.</param>
    /// <param name="group">The column of groups, where no option names one.</param>
    /// <exception cref="UsageException">Two columns of groups are named.</exception>
    public static ReadOptions Reading(Invocation invocation, string? group = null)
    {
        ReadOptions options = DataOptions.Read(invocation);
        string? setBy = invocation.Get(SetBy) is { } by && by != "class" ? by : null;
        if (setBy is not null && options.Group is not null && options.Group != setBy)
            throw new UsageException($"--set-by {setBy} and --group {options.Group} name two columns of groups; there can be one.");

        return options with { Group = options.Group ?? setBy ?? group };
    }

    /// <summary>Reads scores.</summary>
    /// <exception cref="UsageException">An option names what is not there, or nothing says what the scores are.</exception>
    public static SavedScores Read(Invocation invocation, string path, ScoreKind? otherwise = null, bool isKindNeeded = true, string? group = null)
    {
        ScoreKind? kind = invocation.Get(Input) switch { "logits" => ScoreKind.Logits, "probabilities" => ScoreKind.Probabilities, _ => null };
        try
        {
            SavedScores scores = invocation.Progress.Run(
                "reading", _ => SavedScores.Read(path, Reading(invocation, group), kind, Console.OpenStandardInput(), otherwise));
            if (isKindNeeded)
                scores.RequiredKind();

            foreach (string note in scores.Notes)
                invocation.Progress.Note($"  {note}");

            return scores;
        }
        catch (ArgumentException error)
        {
            throw new UsageException(error.Message);
        }
    }

    /// <summary>Reads scores whose true classes are known.</summary>
    /// <exception cref="UsageException">They have no labels, or as for <see cref="Read"/>.</exception>
    public static SavedScores ReadLabelled(Invocation invocation, string path, bool isKindNeeded = true)
    {
        SavedScores scores = Read(invocation, path, isKindNeeded: isKindNeeded);
        if (scores.Labels is null)
            throw new UsageException($"'{path}' has scores but no labels to measure them against. Give a column 'label' (npz: 'labels'), or --labels FILE.");

        if (isKindNeeded)
            Check(invocation, scores);

        return scores;
    }

    /// <summary>Refuses scores that can't be of the kind they are said to be, and says where they seem to be of the other.</summary>
    /// <exception cref="InvalidDataException">A row can't be: the message says where, and who takes it.</exception>
    public static void Check(Invocation invocation, SavedScores scores)
    {
        ScoreKind kind = scores.RequiredKind();
        if (ScoreFault.First(kind, scores.Values, scores.Classes.Count) is { } fault)
        {
            string taken = kind == ScoreKind.Logits || scores.Name == "-" ? ""
                : $" {(fault.Class < 0 ? "" : "If they are logits, give --input logits. ")}'credence doctor {scores.Name}' takes percentages, sigmoids and rows of other sums, and says what they are.";
            throw new InvalidDataException($"{scores.PlaceOf(fault.Row, fault.Class)} {fault.Text}{taken}");
        }

        if (kind == ScoreKind.Logits && ScoreFormatReport.LooksLikeProbabilities(scores.Values, scores.Classes.Count))
            invocation.Progress.Note($"  {scores.Name}: its rows sum to 1 and none is negative, as of probabilities, and they are read as logits (--input probabilities).");
    }
}
