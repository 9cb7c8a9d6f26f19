using System.Text.Json.Nodes;
using Credence.Cli.Options;
using Credence.Cli.Output;
using Credence.Models;
using Credence.Report.Formatting;
using Spectre.Console;

namespace Credence.Cli.Commands;

/// <summary>Writes an explanation: the terms that add up to the score.</summary>
internal static class ExplanationText
{
    private const int MostTerms = 15;
    private const int BarWidth = 20;

    /// <summary>As a table.</summary>
    public static void Write(Explanation explanation, Invocation invocation)
    {
        Display screen = Screen.Create(invocation.Out, invocation.OutIsTerminal);
        LabelProbability first = explanation.Probabilities[0];
        screen.WriteLine($"{explanation.Label}: {NumberText.Percent(first.Probability)}; "
            + $"next {explanation.Against}: {NumberText.Percent(explanation.Probabilities[1].Probability)}");
        screen.WriteLine($"Contributions to '{explanation.Label}' (+) against '{explanation.Against}' (−), in log-odds:");
        Table table = Screen.Table("feature", ">value", ">log-odds", "");
        (string Feature, double Value, double LogOdds)[] shown = [.. explanation.Terms.Take(MostTerms)];
        double largest = Math.Max(Math.Abs(explanation.Bias), shown.Length == 0 ? 0 : Math.Abs(shown[0].LogOdds));
        foreach ((string feature, double value, double logOdds) in shown)
            table.AddPlain(feature, NumberText.Figure(value), Signed(logOdds), Bar(logOdds, largest));

        if (explanation.Terms.Count > shown.Length)
        {
            double rest = explanation.Terms.Skip(MostTerms).Sum(term => term.LogOdds);
            table.AddPlain($"{NumberText.Count(explanation.Terms.Count - shown.Length)} more", "", Signed(rest), Bar(rest, largest));
        }

        table.AddPlain("intercept", "", Signed(explanation.Bias), Bar(explanation.Bias, largest));
        table.AddPlain("sum", "", Signed(explanation.LogOdds), "");
        screen.Write(table);
    }

    /// <summary>As one JSON document.</summary>
    public static void WriteJson(Explanation explanation, TextWriter to)
    {
        var json = new JsonObject
        {
            ["label"] = explanation.Label,
            ["against"] = explanation.Against,
            ["log_odds"] = JsonNumber.Of(explanation.LogOdds),
            ["bias"] = JsonNumber.Of(explanation.Bias),
            ["terms"] = new JsonArray([.. explanation.Terms.Select(term => new JsonObject
            {
                ["feature"] = term.Feature,
                ["value"] = JsonNumber.Of(term.Value),
                ["log_odds"] = JsonNumber.Of(term.LogOdds),
            })]),
            ["probabilities"] =
                new JsonArray([.. explanation.Probabilities.Select(one =>
                new JsonObject { ["label"] = one.Label, ["probability"] = one.Probability })]),
        };
        to.WriteLine(json.ToJsonString(JsonText.Options));
    }

    private static string Signed(double value) =>
        value.ToString("+0.0000;−0.0000;0.0000", System.Globalization.CultureInfo.InvariantCulture);

    private static string Bar(double value, double largest) =>
        largest == 0 ? "" : new string(value < 0 ? '░' : '█', (int)Math.Round(Math.Abs(value) / largest * BarWidth));
}
