using Credence.Cli.Errors;
using Credence.Files.Inputs;

namespace Credence.Cli.Commands.Predict;

/// <summary>Class priors as typed: <c>cat=0.2,dog=0.8</c>.</summary>
internal static class Shares
{
    /// <summary>One share per class; a class that is not named has 0.</summary>
    /// <param name="typed">What was typed.</param>
    /// <param name="classes">The model's classes.</param>
    /// <exception cref="UsageException">A class is unknown or named twice, or a share is not a number of 0 or more.</exception>
    public static double[] Parse(string typed, IReadOnlyList<string> classes)
    {
        var shares = new double[classes.Count];
        var seen = new bool[classes.Count];
        string[] names = [.. classes];
        foreach (string part in typed.Split(','))
        {
            int equals = part.LastIndexOf('=');
            string name = equals < 0 ? part.Trim() : part[..equals].Trim();
            int k = Array.IndexOf(names, name);
            if (equals < 0 || !double.TryParse(part[(equals + 1)..], out double share) || !(share >= 0 && double.IsFinite(share)))
                throw new UsageException(
                    $"--prior: '{part}' is not class=share. Give estimate, or shares such as --prior '{names[0]}=0.2,{names[^1]}=0.8'.");

            if (k < 0)
                throw new UsageException($"--prior: the model has no class '{name}'.{(NearestName.Of(name, names) is { } nearest ? $" "
                    + $"Did you mean '{nearest}'?" : "")}");

            if (seen[k])
                throw new UsageException($"--prior gives class '{name}' twice.");

            (shares[k], seen[k]) = (share, true);
        }

        return shares;
    }
}
