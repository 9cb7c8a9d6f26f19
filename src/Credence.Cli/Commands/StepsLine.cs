using System.Globalization;
using System.Text;
using Credence.Cli.Errors;
using Credence.Cli.Output;

namespace Credence.Cli.Commands;

/// <summary><c>credence explain --logits SCORES</c>: its scores, and its plain forms without the command tree, which takes longer to make
/// than all the rest.</summary>
internal static class StepsLine
{
    /// <summary>Answers a command line of these options alone; false where there are others or one is wrong, so that the command says
    /// why.</summary>
    public static bool TryWrite(string[] args)
    {
        string? scores = null, names = null;
        double temperature = 1;
        bool json = false;
        for (int i = 1; i < args.Length; i++)
        {
            if (args[i] == "--json")
            {
                json = true;
                continue;
            }

            string? value = i + 1 < args.Length && !args[i + 1].StartsWith("--", StringComparison.Ordinal) ? args[i + 1] : null;
            if (args[i] == "--logits" && scores is null)
                scores = value;
            else if (args[i] == "--names" && names is null)
                names = value;
            else if (args[i] != "--temperature"
                || !double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out temperature))
                return false;

            if (value is null)
                return false;

            i++;
        }

        try
        {
            return scores is not null && Write(Parse(scores, names, temperature), json);
        }
        catch (Exception error) when (error is UsageException or IOException)
        {
            return false;
        }
    }

    /// <summary>The steps of the scores that a command line gives.</summary>
    /// <param name="scores">Numbers separated by commas.</param>
    /// <param name="names">The classes' names, separated by commas, or null.</param>
    /// <param name="temperature">T.</param>
    /// <exception cref="UsageException">One of them is wrong.</exception>
    public static SoftmaxSteps Parse(string scores, string? names, double temperature)
    {
        if (!(temperature >= 0.001 && temperature <= 1000))
            throw new UsageException($"--temperature is {temperature}; it must be from 0.001 to 1000.");

        string[] cells = scores.Split(',', StringSplitOptions.TrimEntries);
        var values = new double[cells.Length];
        bool isFinite = false;
        for (int k = 0; k < cells.Length; k++)
        {
            values[k] = Score(cells[k], k);
            isFinite |= double.IsFinite(values[k]);
        }

        if (!isFinite)
            throw new UsageException("--logits has only −∞; at least one score must be finite.");

        string[] classes = names?.Split(',', StringSplitOptions.TrimEntries) ?? Numbered(values.Length);
        return classes.Length == values.Length
            ? new SoftmaxSteps(values, classes, temperature)
            : throw new UsageException($"--names has {classes.Length} names for {values.Length} scores.");
    }

    private static string[] Numbered(int count)
    {
        var names = new string[count];
        for (int k = 0; k < count; k++)
            names[k] = $"class {k}";

        return names;
    }

    private static bool Write(SoftmaxSteps steps, bool json)
    {
        using var to = new StreamWriter(StandardStreams.Output(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        if (json)
            steps.WriteJson(to);
        else
            steps.WriteText(to);

        return true;
    }

    private static double Score(string cell, int position) => cell.ToUpperInvariant() switch
    {
        "-INF" or "-∞" or "−∞" => double.NegativeInfinity,
        _ when double.TryParse(cell, CultureInfo.InvariantCulture, out double score) && double.IsFinite(score) => score,
        _ => throw new UsageException($"--logits: '{cell}', the {Ordinal(position + 1)} score, is not a finite number or -inf. Scores "
            + "look like this: --logits 2,1,0.1"),
    };

    private static string Ordinal(int n) =>
        (n % 100 is >= 11 and <= 13 ? 0 : n % 10) switch { 1 => $"{n}st", 2 => $"{n}nd", 3 => $"{n}rd", _ => $"{n}th" };
}
