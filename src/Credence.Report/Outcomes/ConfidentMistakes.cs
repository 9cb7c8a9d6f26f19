using Credence.Data;
using Credence.Data.Scores;
using Credence.Models;
using Credence.Report.Sections;

namespace Credence.Report.Outcomes;

/// <summary>The wrong predictions of highest confidence.</summary>
internal static class ConfidentMistakes
{
    private const int Most = 12;

    /// <summary>The wrong predictions, most confident first.</summary>
    /// <param name="evaluation">The rows evaluated.</param>
    /// <param name="rowOf">The row number to show for an evaluated row.</param>
    /// <param name="excerptOf">The content to show for an evaluated row.</param>
    public static Mistake[] Of(ClassifierEvaluation evaluation, Func<int, long> rowOf, Func<int, string> excerptOf)
    {
        Probabilities probabilities = evaluation.Probabilities;
        Labels labels = evaluation.Labels;
        var worst = new PriorityQueue<int, (double, int)>();
        for (int row = 0; row < probabilities.Rows; row++)
        {
            int top = probabilities.Top(row);
            if (top == labels[row])
                continue;

            worst.Enqueue(row, (probabilities.Row(row)[top], -row));
            if (worst.Count > Most)
                worst.Dequeue();
        }

        var mistakes = new List<Mistake>();
        while (worst.TryDequeue(out int row, out _))
        {
            int top = probabilities.Top(row);
            mistakes.Add(new Mistake(rowOf(row), excerptOf(row), labels.Names[labels[row]], labels.Names[top],
                probabilities.Row(row)[top]));
        }

        mistakes.Reverse();
        return [.. mistakes];
    }
}
