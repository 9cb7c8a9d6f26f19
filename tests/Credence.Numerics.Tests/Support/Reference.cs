namespace Credence.Numerics.Tests;

/// <summary>The formulas in plain double, one term after the other, to be read and believed.</summary>
internal static class Reference
{
    public static double[] Softmax(IReadOnlyList<double> logits, double temperature = 1)
    {
        double max = logits.Count == 0 ? 0 : logits.Max() / temperature;
        double[] e = [.. logits.Select(z => Math.Exp((z / temperature) - max))];
        double sum = e.Sum();
        return [.. e.Select(v => v / sum)];
    }

    public static double LogSumExp(IReadOnlyList<double> logits)
    {
        double max = logits.Max();
        return max + Math.Log(logits.Sum(z => Math.Exp(z - max)));
    }

    public static double[] LogSoftmax(IReadOnlyList<double> logits, double temperature = 1)
    {
        double[] z = [.. logits.Select(v => v / temperature)];
        double total = LogSumExp(z);
        return [.. z.Select(v => v - total)];
    }
}
