using System.CommandLine;
using System.Globalization;
using Credence.Cli.Errors;
using Credence.Files.Inputs;

namespace Credence.Cli.Options;

/// <summary>Class priors as typed: <c>cat=0.2,dog=80%</c>.</summary>
internal static class Shares
{
    private const double Rounding = 1e-6;
    private const string Estimate = "estimate";

    /// <summary><c>--prior</c>, for a command that takes it.</summary>
    public static Option<string?> Option() => new("--prior")
    {
        HelpName = "estimate|A=0.2",
        Description = "Reweight by these class priors, the classes not named sharing the rest; or by priors estimated from the rows, if "
            + "they have shifted.",
    };

    /// <summary>The shares that an option gives; null where it gives none.</summary>
    /// <exception cref="UsageException">As for <see cref="Parse"/>.</exception>
    public static double[]? Given(Invocation invocation, Option<string?> option, IReadOnlyList<string> classes) =>
        invocation.Get(option) is { } prior and not Estimate ? Parse(prior, classes) : null;

    /// <summary>Whether an option asks for shares estimated from the rows.</summary>
    public static bool AreEstimated(Invocation invocation, Option<string?> option) => invocation.Get(option) == Estimate;

    /// <summary>One share per class; NaN for a class that is not named, which gets its part of what the others leave.</summary>
    /// <param name="typed">What was typed.</param>
    /// <param name="classes">The model's classes.</param>
    /// <exception cref="UsageException">A class is unknown or named twice, a share is not a number from 0 to 1, or they sum to more than 1,
    /// or to less though every class is named.</exception>
    public static double[] Parse(string typed, IReadOnlyList<string> classes)
    {
        var shares = new double[classes.Count];
        Array.Fill(shares, double.NaN);
        string[] names = [.. classes];
        foreach (string part in typed.Split(','))
        {
            int equals = part.LastIndexOf('=');
            string name = equals < 0 ? part.Trim() : part[..equals].Trim();
            int k = Array.IndexOf(names, name);
            if (equals < 0 || !IsNumber(part[(equals + 1)..].Trim(), out double share))
                throw new UsageException(
                    $"--prior: '{part}' is not class=share. Give estimate, or shares such as --prior '{names[0]}=0.2'; "
                    + "the other classes share the rest.");

            if (k < 0)
                throw new UsageException($"--prior: the model has no class '{name}'.{(NearestName.Of(name, names) is { } nearest ? $" "
                    + $"Did you mean '{nearest}'?" : "")}");

            if (!double.IsNaN(shares[k]))
                throw new UsageException($"--prior gives class '{name}' twice.");

            if (!(share is >= 0 and <= 1))
                throw new UsageException($"--prior: the share of '{name}' is {Text(share)}; a share is from 0 to 1, or from 0% to 100%.");

            shares[k] = share;
        }

        double sum = shares.Where(share => !double.IsNaN(share)).Sum();
        if (sum > 1 + Rounding)
            throw new UsageException($"--prior: the shares sum to {Text(sum)}; they must sum to at most 1.");

        if (sum < 1 - Rounding && !Array.Exists(shares, double.IsNaN))
            throw new UsageException($"--prior: the shares of all classes sum to {Text(sum)}; they must sum to 1. Leave out the classes "
                + "whose share you don't know: they share the rest as they did in the calibration rows.");

        return shares;
    }

    private static bool IsNumber(string text, out double share)
    {
        bool isPercent = text.EndsWith('%'),
            isNumber = double.TryParse(isPercent ? text[..^1] : text, NumberStyles.Float, CultureInfo.InvariantCulture, out share);
        share /= isPercent ? 100 : 1;
        return isNumber && double.IsFinite(share);
    }

    private static string Text(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}
