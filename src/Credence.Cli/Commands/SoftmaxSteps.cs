using System.Text.Json.Nodes;
using Credence.Cli.Output;
using Credence.Files.Inputs;
using Credence.Numerics;
using Credence.Persistence;
using Credence.Report.Formatting;

namespace Credence.Cli.Commands;

/// <summary>The steps of softmax(z / T) on one row of scores, each kept for display.</summary>
internal sealed class SoftmaxSteps
{
    private const int BarWidth = 30, MostShown = 6;
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
        max = double.NegativeInfinity;
        foreach (double score in scores)
            max = Math.Max(max, score);

        (shifted, exponentials, sum) = Steps(temperature);
        probabilities = Divided(exponentials, sum);
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
        // One piece a method: what has a loop is compiled with care at its first call, which takes longer than all that is printed.
        (string[] shown, int width) = Shown();
        to.WriteLine($"softmax(z / T) with T = {temperature}");
        to.WriteLine();
        to.WriteLine($"  {"class".PadRight(width)}      score    shifted  exponential  probability");
        for (int k = 0; k < scores.Length; k++)
            WriteRow(to, k, shown[k].PadRight(width));

        to.WriteLine($"  {"sum".PadRight(width)} {"",10} {"",10} {sum,12:0.000000}  {"100 %",11}");
        to.WriteLine();
        WriteSentences(to);
        to.WriteLine("What temperature does:");
        foreach (double other in Temperatures)
            WriteTemperature(to, other, shown);
    }

    private (string[] Names, int Width) Shown()
    {
        var shown = new string[names.Length];
        int width = 5;
        for (int k = 0; k < names.Length; k++)
        {
            shown[k] = ShownText.Of(names[k]);
            width = Math.Max(width, shown[k].Length);
        }

        return (shown, width);
    }

    private void WriteRow(TextWriter to, int k, string name) =>
        to.WriteLine($"  {name} {scores[k],10:0.####} {shifted[k],10:0.####} {exponentials[k],12:0.000000}  "
            + $"{Share(probabilities, k),11}  {Bar(probabilities[k])}");

    private void WriteSentences(TextWriter to)
    {
        to.WriteLine($"1. Shift: subtract the largest score, {max:0.####}, from every score"
            + (temperature == 1 ? "." : $", and divide by T = {temperature}.")
            + " The largest becomes 0, so nothing can overflow; the probabilities stay the same.");
        to.WriteLine("2. Exponentials: e to the power of each. A score that is higher by 1 / T counts e = 2.718 times as much"
            + (temperature == 1 ? "; here T = 1." : "."));
        to.WriteLine($"3. Sum: they add up to {sum:0.000000}.");
        to.WriteLine("4. Division: each exponential's share of the sum is the class's probability; the shares add up to one.");
        to.WriteLine();
    }

    private void WriteTemperature(TextWriter to, double other, string[] shown)
    {
        (_, double[] powers, double total) = Steps(other);
        double[] shares = Divided(powers, total);
        string line = $"  T = {other,-4} ";
        for (int k = 0; k < Math.Min(MostShown, shares.Length); k++)
            line += $"{(k == 0 ? "" : ", ")}{shown[k]} {Share(shares, k)}";

        to.WriteLine(line + (shares.Length > MostShown ? ", …" : ""));
    }

    /// <summary>Shift, exponentials and sum at a temperature.</summary>
    private (double[] Shifted, double[] Exponentials, double Sum) Steps(double t)
    {
        double[] moved = new double[scores.Length], powers = new double[scores.Length];
        double total = 0;
        for (int k = 0; k < scores.Length; k++)
        {
            moved[k] = (scores[k] - max) / t;
            powers[k] = Exp.Compute(moved[k]);
            total += powers[k];
        }

        return (moved, powers, total);
    }

    private static double[] Divided(double[] powers, double total)
    {
        var shares = new double[powers.Length];
        for (int k = 0; k < shares.Length; k++)
            shares[k] = powers[k] / total;

        return shares;
    }

    // A share that rounds to 1 is shown as >99.9 %, not as certain.
    private static string Share(double[] shares, int k) =>
        shares[k] == 1 && HasOther(shares, k) ? ">99.9 %" : NumberText.Percent(shares[k]);

    private static bool HasOther(double[] shares, int k)
    {
        for (int i = 0; i < shares.Length; i++)
        {
            if (i != k && shares[i] > 0)
                return true;
        }

        return false;
    }

    private static string Bar(double probability) => new('█', (int)Math.Round(probability * BarWidth));
}
