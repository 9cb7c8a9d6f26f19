using Credence.Data;
using Credence.Models;
using Credence.Report.Sections;

namespace Credence.Cli.Output;

/// <summary>The wrong predictions made with the most confidence.</summary>
internal static class ConfidentMistakes
{
    private const int Most = 12;

    /// <summary>The surest ones, the surest first.</summary>
    /// <param name="evaluation">The rows measured.</param>
    /// <param name="rowOf">The number a person knows a measured row by.</param>
    /// <param name="excerptOf">What a measured row held.</param>
    public static Mistake[] Of(ClassifierEvaluation evaluation, Func<int, long> rowOf, Func<int, string> excerptOf)
    {
        Probabilities probabilities = evaluation.Probabilities;
        Labels labels = evaluation.Labels;
        var worst = new PriorityQueue<int, (double, int)>();
        for (int row = 0; row < probabilities.Rows; row++)
        {
            ReadOnlySpan<double> p = probabilities.Row(row);
            int top = Top(p);
            if (top == labels[row])
                continue;

            worst.Enqueue(row, (p[top], -row));
            if (worst.Count > Most)
                worst.Dequeue();
        }

        var mistakes = new List<Mistake>();
        while (worst.TryDequeue(out int row, out _))
        {
            ReadOnlySpan<double> p = probabilities.Row(row);
            mistakes.Add(new Mistake(rowOf(row), excerptOf(row), labels.Names[labels[row]], labels.Names[Top(p)], p[Top(p)]));
        }

        mistakes.Reverse();
        return [.. mistakes];
    }

    private static int Top(ReadOnlySpan<double> p)
    {
        int top = 0;
        for (int k = 1; k < p.Length; k++)
        {
            if (p[k] > p[top])
                top = k;
        }

        return top;
    }
}
