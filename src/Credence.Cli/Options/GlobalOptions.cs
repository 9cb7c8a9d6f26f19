using System.CommandLine;

namespace Credence.Cli.Options;

/// <summary>The options every command has.</summary>
internal static class GlobalOptions
{
    /// <summary><c>--json</c></summary>
    public static readonly Option<bool> Json = new("--json")
    {
        Description = "One JSON document on standard output and nothing else there.",
        Recursive = true,
    };

    /// <summary><c>--seed</c></summary>
    public static readonly Option<ulong> Seed = new("--seed")
    {
        Description = "The seed of all chance; the same seed gives the same bytes.",
        DefaultValueFactory = _ => 1,
        HelpName = "N",
        Recursive = true,
    };

    /// <summary><c>--threads</c></summary>
    public static readonly Option<int> Threads = Bounded(new("--threads")
    {
        Description = "The most threads to use; 0 means one a core. Results don't depend on it.",
        HelpName = "N",
        Recursive = true,
    }, 0, 1024);

    /// <summary><c>--quiet</c></summary>
    public static readonly Option<bool> Quiet = new("--quiet", "-q")
    {
        Description = "No progress and no messages, errors excepted.",
        Recursive = true,
    };

    /// <summary>An option whose value must lie in a range, both ends included.</summary>
    public static Option<T> Bounded<T>(Option<T> option, T min, T max)
        where T : struct, IComparable<T>
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && result.GetValueOrDefault<T>() is T value && (value.CompareTo(min) < 0 || value.CompareTo(max) > 0))
                result.AddError($"{option.Name} is {value}; it must be from {min} to {max}.");
        });
        return option;
    }
}
