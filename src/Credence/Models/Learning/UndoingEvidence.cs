using System.Globalization;
using Credence.Calibration.Scaling;
using Credence.Calibration.Selection;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Numerics;

namespace Credence.Models.Learning;

/// <summary>Finds what is to be undone before scores are calibrated, where labels give strong evidence of it.</summary>
internal static class UndoingEvidence
{
    private const int FewestRows = 20;
    private const double StandardErrors = 3.09, Reaches = 0.9, Slack = 0.01, LeastFloor = 1e-7;

    /// <summary>What to undo; null for nothing.</summary>
    /// <param name="kind">The kind of the scores.</param>
    /// <param name="logits">[n, K]; of probabilities their logarithms.</param>
    /// <param name="labels">The true classes, none missing.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core.</param>
    public static ScoreUndoing? Of(ScoreKind kind, Logits logits, Labels labels, int maxThreads)
    {
        if (labels.Count < FewestRows || logits.Classes < 2 || logits.Values.ContainsAny(double.NegativeInfinity, double.NaN))
            return null;

        ScoreUndoing? turned = Reversed(kind, logits, labels);
        ScoreUndoing? softened = SecondSoftmax(kind, turned?.Undo(logits) ?? logits, labels, maxThreads);
        return (turned, softened) switch
        {
            (null, _) => softened,
            (_, null) => turned,
            _ => turned with
            {
                IsSecondSoftmax = true,
                Floor = softened.Floor,
                Text = $"{turned.Text} {softened.Text}",
            },
        };
    }

    private static ScoreUndoing? Reversed(ScoreKind kind, Logits logits, Labels labels)
    {
        int n = labels.Count, classes = logits.Classes;
        int[] counts = labels.Counts(), columns = new int[classes * classes];
        int right = 0, lowest = 0;
        for (int row = 0; row < n; row++)
        {
            ReadOnlySpan<double> z = logits.Row(row);
            int top = Confidence.Top(z), bottom = Bottom(z);
            right += top == labels[row] ? 1 : 0;
            lowest += bottom == labels[row] ? 1 : 0;
            columns[(top * classes) + labels[row]]++;
        }

        // Columns in another order than the labels' are no reversal: then each first answer stands for one other class.
        int renamed = Enumerable.Range(0, classes).Sum(k => columns.AsSpan(k * classes, classes).ToArray().Max());
        if (lowest <= right || right >= counts.Max() || (classes > 2 && lowest <= renamed))
            return null;

        (double area, double error) = Area(logits, labels, counts);
        if (!(area + (StandardErrors * error) < 0.5))
            return null;

        bool isComplement = kind == ScoreKind.Probabilities && classes > 2
            && Highest(logits) * (classes - 1) <= 1 + ScoreFault.SumTolerance;
        return new ScoreUndoing
        {
            IsNegated = !isComplement,
            IsComplement = isComplement,
            Floor = isComplement ? LeastFloor : 0,
            Text = $"The scores are reversed: the class with the lowest score is the true one in {Percent(lowest, n)} of rows, the one "
                + $"with the highest in {Percent(right, n)}, and rows of a class have lower scores for it than other rows (AUROC "
                + $"{Figure(area)}, {Figure((0.5 - area) / error)} standard errors below chance). "
                + (isComplement ? "Each is taken as one less the probability." : "Their order is turned round."),
        };
    }

    private static ScoreUndoing? SecondSoftmax(ScoreKind kind, Logits logits, Labels labels, int maxThreads)
    {
        int classes = logits.Classes;
        double[] p = logits.Values.ToArray();
        double least = 1, most = 0;
        for (int first = 0; first < p.Length; first += classes)
        {
            Span<double> row = p.AsSpan(first, classes);
            ScoreUndoing.Unsoften(row);
            for (int k = 0; k < classes; k++)
                (least, most) = (Math.Min(least, row[k]), Math.Max(most, row[k]));
        }

        if (least < -Slack || most > 1 + Slack || most < Reaches)
            return null;

        var undoing = new ScoreUndoing { IsSecondSoftmax = true, Floor = Math.Max(LeastFloor, -least) };
        (double was, double now, double gain) = Gain(logits, undoing.Undo(logits), labels, maxThreads);
        return gain < StandardErrors ? null : undoing with
        {
            Text = (kind == ScoreKind.Probabilities
                ? "Softmax was applied to what were probabilities already: every row is the softmax of numbers that lie between 0 and 1 "
                    + "and sum to 1"
                : "The scores are probabilities, which a softmax would treat as logits: up to a constant per row they lie between 0 and 1 "
                    + "and sum to 1")
                + $", the largest {Figure(most)}; as probabilities they fit the labels better (log loss {Figure(now)} against "
                    + $"{Figure(was)}, "
                + $"each at its best temperature; the difference is {Figure(gain)} standard errors). They are taken as such.",
        };
    }

    /// <summary>The mean log loss at the best temperature of each, and by how many standard errors the second is lower.</summary>
    private static (double Was, double Now, double Gain) Gain(Logits one, Logits other, Labels labels, int maxThreads)
    {
        double[] was = Losses(one), now = Losses(other);
        double mean = 0, square = 0;
        for (int row = 0; row < was.Length; row++)
            mean += (was[row] - now[row]) / was.Length;
        for (int row = 0; row < was.Length; row++)
            square += (was[row] - now[row] - mean) * (was[row] - now[row] - mean);

        double error = Math.Sqrt(square / (was.Length - 1.0) / was.Length);
        return (was.Average(), now.Average(), error > 0 ? mean / error : mean > 0 ? double.PositiveInfinity : 0);

        double[] Losses(Logits logits) => HeldOutLosses.LogLosses(
            TemperatureScaling.Fit(logits, labels, default, maxThreads).Apply(logits, maxThreads), labels);
    }

    /// <summary>The mean area under the classes' ROC curves, weighted by their rows, and its standard error by chance at most.</summary>
    private static (double Area, double Error) Area(Logits logits, Labels labels, int[] counts)
    {
        int n = labels.Count, classes = logits.Classes;
        var p = new double[n * classes];
        Softmax.ForwardRows(logits.Values, classes, p);
        double area = 0, error = 0;
        var column = new double[n];
        var rows = new int[n];
        for (int k = 0; k < classes; k++)
        {
            double positive = counts[k], negative = n - positive;
            if (!(positive * negative > 0))
                continue;

            for (int row = 0; row < n; row++)
                (column[row], rows[row]) = (p[(row * classes) + k], row);
            Array.Sort(column, rows);
            double ranks = 0;
            for (int from = 0, to; from < n; from = to)
            {
                for (to = from + 1; to < n && column[to] == column[from];)
                    to++;
                for (int i = from; i < to; i++)
                    ranks += labels[rows[i]] == k ? (from + to + 1) / 2.0 : 0;
            }

            area += positive / n * ((ranks - (positive * (positive + 1) / 2)) / (positive * negative));
            error += positive / n * Math.Sqrt((n + 1) / (12 * positive * negative));
        }

        return (area, error);
    }

    private static int Bottom(ReadOnlySpan<double> z)
    {
        int bottom = 0;
        for (int k = 1; k < z.Length; k++)
            bottom = z[k] < z[bottom] ? k : bottom;
        return bottom;
    }

    private static double Highest(Logits logits)
    {
        double most = double.NegativeInfinity;
        foreach (double z in logits.Values)
            most = Math.Max(most, z);
        return Exp.Compute(most);
    }

    private static string Percent(int part, int of) => (100.0 * part / of).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    private static string Figure(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
