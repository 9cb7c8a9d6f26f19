using System.CommandLine;
using System.Numerics;

namespace Credence.Cli.Options;

/// <summary>The options every command has.</summary>
internal static class GlobalOptions
{
    /// <summary><c>--json</c></summary>
    public static readonly Option<bool> Json = new Option<bool>("--json")
    {
        Description = "Print one JSON document on standard output and nothing else.",
        Recursive = true,
    }.Under(HelpHeading.General);

    /// <summary><c>--seed</c></summary>
    public static readonly Option<ulong> Seed = new Option<ulong>("--seed")
    {
        Description = "Use this random seed; the same seed gives the same bytes.",
        DefaultValueFactory = _ => 1,
        HelpName = "N",
        Recursive = true,
    }.Under(HelpHeading.General);

    /// <summary><c>--threads</c></summary>
    public static readonly Option<int> Threads = Bounded(new Option<int>("--threads")
    {
        Description = "Use at most N threads, 0 for one per core; the results do not depend on it.",
        HelpName = "N",
        Recursive = true,
    }, 0, 1024).Under(HelpHeading.General);

    /// <summary><c>--quiet</c></summary>
    public static readonly Option<bool> Quiet = new Option<bool>("--quiet", "-q")
    {
        Description = "Print no progress and no notes, only errors.",
        Recursive = true,
    }.Under(HelpHeading.General);

    /// <summary>An option whose value must lie in a closed range.</summary>
    public static Option<T> Bounded<T>(Option<T> option, T min, T max)
        where T : struct, INumber<T>
    {
        option.Validators.Add(result =>
        {
            if (NumberOption.Written<T>(result) is { } value && !(value >= min && value <= max))
                result.AddError($"{option.Name} is {value}; it must be from {min} to {max}.");
        });
        return option;
    }
}
