using Credence.Data;
using Credence.Data.Columns;
using Credence.Data.Scores;

namespace Credence.LogitModels;

/// <summary>The rows on which the candidates of a contest are compared.</summary>
internal sealed class ComparedRows
{
    /// <summary>All rows, or some.</summary>
    /// <param name="rows">All.</param>
    /// <param name="which">Those that are compared, in increasing order; null for all.</param>
    public ComparedRows(LearnerRows rows, int[]? which)
    {
        Which = which;
        Labels = which is null ? rows.Labels : rows.Labels.Select(which);
        double[] weights = rows.Weights ?? [.. Enumerable.Repeat(1.0, rows.Labels.Count)];
        weights = which is null ? weights : Gather.Rows(weights, which);
        double total = weights.Sum();
        Shares = [.. weights.Select(weight => weight / total)];
        Parts = which is null ? rows.Folds : Gather.Rows(rows.Folds, which);

        // Rows of one fold: two halves, in the order of the file, which mostly keeps rows that belong together in one.
        if (Parts.Distinct().Count() < 2)
            Parts = [.. Parts.Select((_, row) => 2 * row < Parts.Length ? 0 : 1)];
    }

    /// <summary>Those of all rows that are compared; null for all.</summary>
    public int[]? Which { get; }

    /// <summary>Their classes.</summary>
    public Labels Labels { get; }

    /// <summary>Their weights, which add up to 1.</summary>
    public double[] Shares { get; }

    /// <summary>The part of each, from 0: a blend's weights for a part come from the others.</summary>
    public int[] Parts { get; }

    /// <summary>Their out-of-fold logits.</summary>
    public Logits Of(LogitFit fit)
    {
        if (Which is null || (fit.Rows is { } own && own.AsSpan().SequenceEqual(Which)))
            return fit.OutOfFold;

        int classes = fit.OutOfFold.Classes;
        var logits = new double[checked(Which.Length * classes)];
        for (int i = 0; i < Which.Length; i++)
        {
            int at = fit.Rows is { } rows ? Array.BinarySearch(rows, Which[i]) : Which[i];
            fit.OutOfFold.Row(at).CopyTo(logits.AsSpan(i * classes));
        }

        return new Logits(logits, classes);
    }
}
