using System.Globalization;

namespace Credence.Report.Formatting;

/// <summary>Formats numbers for people, for the report and the command.</summary>
public static class NumberText
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    /// <summary>A probability in percent, never rounded to 0 % or 100 % unless it is exactly that: "93.4 %", "&gt;99.9 %", "&lt;0.1
    /// %".</summary>
    /// <param name="probability">0 to 1; a value that is not finite gives "n/a".</param>
    /// <param name="decimals">Digits after the point, 0 to 6.</param>
    public static string Percent(double probability, int decimals = 1)
    {
        if (!double.IsFinite(probability))
            return "n/a";

        double percent = 100 * probability + 0.0; // −0 becomes 0
        string written = percent.ToString("F" + decimals, Invariant);
        string least = Step(decimals);
        if (probability > 0 && written == (0.0).ToString("F" + decimals, Invariant))
            return $"<{least} %";

        if (probability < 1 && written == (100.0).ToString("F" + decimals, Invariant))
            return $">{(100 - double.Parse(least, Invariant)).ToString("F" + decimals, Invariant)} %";

        return probability is 0 or 1 ? $"{percent.ToString("0", Invariant)} %" : $"{written} %";
    }

    /// <summary>The number per hundred, as a whole number, never rounded to 0 or 100: "89", "&lt;1", "&gt;99", "100".</summary>
    /// <param name="probability">0 to 1.</param>
    public static string OfHundred(double probability) => Percent(probability, 0).Replace(" %", "", StringComparison.Ordinal);

    /// <summary>A number with as many digits as its size needs: "0.1234", "0.00112", "12.3", "infinite"; "n/a" where it is not
    /// defined.</summary>
    public static string Figure(double value) => double.Abs(value) switch
    {
        _ when double.IsPositiveInfinity(value) => "infinite",
        _ when !double.IsFinite(value) => "n/a",
        0 => "0",
        < 1e-5 => value.ToString("0.0e-0", Invariant),
        < 1e-2 => value.ToString("0.#####", Invariant),
        < 10 => value.ToString("0.0000", Invariant),
        < 1000 => value.ToString("0.00", Invariant),
        _ => value.ToString("#,0", Invariant),
    };

    /// <summary>A count with thousands separators: "1,204,556".</summary>
    public static string Count(long count) => count.ToString("#,0", Invariant);

    /// <summary>A count and its noun: "1 row", "4,812 rows".</summary>
    public static string Count(long count, string noun, string? nouns = null) =>
        $"{Count(count)} {(count == 1 ? noun : nouns ?? noun + "s")}";

    /// <summary>A duration in seconds or minutes: "0.4 s", "12 s", "3 min 20 s".</summary>
    public static string Seconds(double seconds) => seconds switch
    {
        _ when !double.IsFinite(seconds) => "n/a",
        < 10 => seconds.ToString("0.0", Invariant) + " s",
        < 90 => seconds.ToString("0", Invariant) + " s",
        _ => $"{Count((long)(seconds / 60))} min {(long)(seconds % 60)} s",
    };

    /// <summary>The text with a no-break space between each number and its percent sign.</summary>
    public static string Unbroken(string text) => text.Replace(" %", "\u00A0%", StringComparison.Ordinal);

    /// <summary>A number on an axis, with no more digits than it needs: "0.25", "1.5", "1,000".</summary>
    public static string Short(double value) => value.ToString(double.Abs(value) >= 1000 ? "#,0" : "0.####", Invariant);

    /// <summary>A number on a logarithmic axis: "0.01", "1", "10⁵", "10⁻⁵".</summary>
    /// <param name="value">A power of ten.</param>
    public static string Power(double value)
    {
        if (value is >= 0.001 and <= 1000)
            return Short(value);

        const string raised = "⁰¹²³⁴⁵⁶⁷⁸⁹";
        string exponent = value.ToString("0e-0", Invariant).Split('e')[1];
        return "10" + string.Concat(exponent.Select(c => c == '-' ? '⁻' : raised[c - '0']));
    }

    private static string Step(int decimals) => decimals == 0 ? "1" : "0." + new string('0', decimals - 1) + "1";
}
