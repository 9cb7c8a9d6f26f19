using System.CommandLine;
using Credence.Cli.Errors;
using Credence.Decisions;
using Credence.Workflows;

namespace Credence.Cli.Options;

/// <summary>The policy options; the policy fitted on held-out rows is saved in the model file.</summary>
internal static class PolicyFlags
{
    /// <summary><c>--coverage</c></summary>
    public static readonly Option<double?> Coverage = new Option<double?>("--coverage")
    {
        HelpName = "C",
        Description = "Answer the most confident fraction C of the rows, abstain on the rest.",
    }.Under(HelpHeading.Decisions);

    /// <summary><c>--cost</c></summary>
    public static readonly Option<string?> Cost = new Option<string?>("--cost")
    {
        HelpName = "FILE",
        Description = "Choose the action of least expected cost; FILE is csv, a row per class, a column per action, one of them 'abstain'.",
    }.Under(HelpHeading.Decisions);

    private static readonly Option<double?> MaxRisk = new Option<double?>("--max-risk")
    {
        HelpName = "R",
        Description = "Answer as many rows as possible with an error rate of at most R, abstain on the rest.",
    }.Under(HelpHeading.Decisions);

    private static readonly Option<double> RiskConfidence = GlobalOptions.Bounded(new Option<double>("--risk-confidence")
    {
        HelpName = "P",
        Description = "Guarantee --max-risk with probability P.",
        DefaultValueFactory = _ => 0.95,
    }, 0.5, 0.999999).Under(HelpHeading.Decisions);

    private static readonly Option<string> RiskMethod = new Option<string>("--risk-method")
    {
        HelpName = "NAME",
        Description = "Find the threshold of --max-risk by sgr (binary search) or ltt (fixed-sequence testing).",
        DefaultValueFactory = _ => "sgr",
    }.Under(HelpHeading.Decisions);

    /// <summary>All of these options.</summary>
    public static IReadOnlyList<Option> All { get; } = [Coverage, MaxRisk, RiskConfidence, RiskMethod, Cost];

    static PolicyFlags()
    {
        CheckRange(Coverage, value => value is >= 0 and <= 1, "from 0 to 1");
        CheckRange(MaxRisk, value => value is > 0 and < 1, "above 0 and below 1");
        RiskMethod.AcceptOnlyFromAmong("sgr", "ltt");
    }

    /// <summary>Adds these options to a command.</summary>
    public static void AddTo(Command command)
    {
        foreach (Option option in All)
            command.Options.Add(option);
    }

    /// <summary>The requested policy.</summary>
    /// <exception cref="UsageException">More than one was, or an option of one that was not.</exception>
    public static PolicyOptions Read(Invocation invocation)
    {
        if (invocation.Get(MaxRisk) is null)
            IdleOptions.Refuse(invocation, "without --max-risk", RiskConfidence, RiskMethod);

        var options = new PolicyOptions
        {
            Coverage = invocation.Get(Coverage),
            Risk = invocation.Get(MaxRisk) is { } risk
                ? new RiskControlOptions
                {
                    MaxRisk = risk,
                    Delta = 1 - invocation.Get(RiskConfidence),
                    Method = invocation.Get(RiskMethod) == "ltt" ? RiskControlMethod.LearnThenTest
                        : RiskControlMethod.SelectiveGuaranteedRisk,
                }
                : null,
            Costs = invocation.Get(Cost) is { } file ? CostFile.Read(file) : null,
        };
        int asked = (options.Coverage is null ? 0 : 1) + (options.Risk is null ? 0 : 1) + (options.Costs is null ? 0 : 1);
        return asked <= 1 ? options : throw new UsageException("--coverage, --max-risk and --cost are alternative policies; give one.");
    }

    /// <summary>An option whose value must satisfy a condition.</summary>
    public static void CheckRange(Option<double?> option, Func<double, bool> allowed, string range) => option.Validators.Add(result =>
    {
        if (NumberOption.Written<double>(result) is { } value && !allowed(value))
            result.AddError($"{option.Name} is {value}; it must be {range}.");
    });
}
