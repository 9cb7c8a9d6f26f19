using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace Credence.Cli.Options;

/// <summary>One way to parse the number of an option, the same in every culture. A share may be written 0.1 or 10%.</summary>
internal static class NumberOption
{
    /// <summary>The options whose number is no share, so that a percent sign has no meaning there.</summary>
    private static readonly string[] NotShares = ["--temperature", "--adaptive", "--floor"];

    /// <summary>Gives the options of a command, and of the commands below it, their parser.</summary>
    public static void Attach(Command command)
    {
        foreach (Option option in command.Options)
            Attach(option);

        foreach (Command below in command.Subcommands)
            Attach(below);
    }

    /// <summary>The number that was written for an option.</summary>
    /// <param name="option">The option.</param>
    /// <param name="text">What was written.</param>
    /// <param name="value">The number.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse<T>(Option option, string text, out T value)
        where T : struct, INumber<T>
    {
        if (typeof(T) == typeof(double) && text.EndsWith('%') && !NotShares.Contains(option.Name))
        {
            bool isShare = T.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.Float, CultureInfo.InvariantCulture, out value);
            value /= T.CreateChecked(100);
            return isShare;
        }

        NumberStyles styles = typeof(T) == typeof(double) ? NumberStyles.Float : NumberStyles.AllowLeadingSign;
        return T.TryParse(text, styles, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>The number written for an option that is being validated; null where none is, or it can't be parsed, which the parser
    /// reports.</summary>
    public static T? Written<T>(OptionResult result)
        where T : struct, INumber<T> =>
        result.Tokens.Count > 0 && TryParse(result.Option, result.Tokens[^1].Value, out T value) ? value : null;

    private static void Attach(Option option)
    {
        switch (option)
        {
            case Option<int> number:
                number.CustomParser = result => Parse<int>(option, result);
                break;
            case Option<int?> number:
                number.CustomParser = result => Parse<int>(option, result);
                break;
            case Option<long> number:
                number.CustomParser = result => Parse<long>(option, result);
                break;
            case Option<long?> number:
                number.CustomParser = result => Parse<long>(option, result);
                break;
            case Option<ulong> number:
                number.CustomParser = result => Parse<ulong>(option, result);
                break;
            case Option<double> number:
                number.CustomParser = result => Parse<double>(option, result);
                break;
            case Option<double?> number:
                number.CustomParser = result => Parse<double>(option, result);
                break;
        }
    }

    private static T Parse<T>(Option option, ArgumentResult result)
        where T : struct, INumber<T>
    {
        string text = result.Tokens[^1].Value;
        if (TryParse(option, text, out T value))
            return value;

        string kind = typeof(T) == typeof(double) ? "number" : typeof(T) == typeof(ulong) ? "whole number of at least 0" : "whole number";
        result.AddError($"{option.Name} '{text}' is not a {kind}.");
        return default;
    }
}
