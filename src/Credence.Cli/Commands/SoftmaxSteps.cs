using System.Text.Json.Nodes;
using Credence.Cli.Output;
using Credence.Numerics;
using Credence.Persistence;
using Credence.Report.Formatting;

namespace Credence.Cli.Commands;

/// <summary>The steps of softmax(z / T) on one row of scores, each kept for display.</summary>
internal sealed class SoftmaxSteps
{
    private const int BarWidth = 30;
    private static readonly double[] Temperatures = [0.5, 1, 2, 5];
    private readonly double[] scores;
    private readonly string[] names;
    private readonly double temperature;
    private readonly double max;
    private readonly double[] shifted;
    private readonly double[] exponentials;
    private readonly double sum;
    private readonly double[] probabilities;

    /// <summary>Computes the steps.</summary>
    public SoftmaxSteps(double[] scores, string[] names, double temperature)
    {
        this.scores = scores;
        this.names = names;
        this.temperature = temperature;
        max = scores.Max();
        shifted = [.. scores.Select(score => (score - max) / temperature)];
        exponentials = [.. shifted.Select(Exp.Compute)];
        sum = exponentials.Sum();
        probabilities = Probabilities(temperature);
    }

    /// <summary>The steps as one JSON document.</summary>
    public void WriteJson(TextWriter to)
    {
        var json = new JsonObject
        {
            ["names"] = names.ToJson(),
            ["logits"] = new JsonArray([.. scores.Select(JsonNumber.Of)]),
            ["temperature"] = temperature,
            ["steps"] = new JsonObject
            {
                ["shifted"] = new JsonArray([.. shifted.Select(JsonNumber.Of)]),
                ["exponentials"] = exponentials.ToJson(),
                ["sum"] = sum,
                ["probabilities"] = probabilities.ToJson(),
            },
        };
        to.WriteLine(json.ToJsonString(JsonText.Options));
    }

    /// <summary>The steps as a table with a sentence each.</summary>
    public void WriteText(TextWriter to)
    {
        string[] names = [.. this.names.Select(ShownText.Of)];
        int width = Math.Max(5, names.Max(name => name.Length));
        to.WriteLine($"softmax(z / T) with T = {temperature}");
        to.WriteLine();
        to.WriteLine($"  {"class".PadRight(width)}      score    shifted  exponential  probability");
        for (int k = 0; k < scores.Length; k++)
        {
            to.WriteLine($"  {names[k].PadRight(width)} {scores[k],10:0.####} {shifted[k],10:0.####} {exponentials[k],12:0.000000}  "
                + $"{Share(probabilities, k),11}  {Bar(probabilities[k])}");
        }

        to.WriteLine($"  {"sum".PadRight(width)} {"",10} {"",10} {sum,12:0.000000}  {"100 %",11}");
        to.WriteLine();
        to.WriteLine($"1. Shift: subtract the largest score, {max:0.####}, from every score"
            + (temperature == 1 ? "." : $", and divide by T = {temperature}.")
            + " The largest becomes 0, so nothing can overflow; the probabilities stay the same.");
        to.WriteLine("2. Exponentials: e to the power of each. A score that is higher by 1 / T counts e = 2.718 times as much"
            + (temperature == 1 ? "; here T = 1." : "."));
        to.WriteLine($"3. Sum: they add up to {sum:0.000000}.");
        to.WriteLine("4. Division: each exponential's share of the sum is the class's probability; the shares add up to one.");
        to.WriteLine();
        to.WriteLine("What temperature does:");
        foreach (double other in Temperatures)
        {
            double[] shares = Probabilities(other);
            IEnumerable<string> shown = shares.Take(6).Select((_, k) => $"{names[k]} {Share(shares, k)}");
            to.WriteLine($"  T = {other,-4} {string.Join(", ", shown)}{(shares.Length > 6 ? ", …" : "")}");
        }
    }

    private double[] Probabilities(double t)
    {
        var shares = new double[scores.Length];
        Softmax.Forward([.. scores.Select(score => (score - max) / t)], shares);
        return shares;
    }

    // A share that rounds to 1 is shown as >99.9 %, not as certain.
    private static string Share(double[] shares, int k) =>
        shares[k] == 1 && shares.Where((other, i) => i != k && other > 0).Any() ? ">99.9 %" : NumberText.Percent(shares[k]);

    private static string Bar(double probability) => new('█', (int)Math.Round(probability * BarWidth));
}
