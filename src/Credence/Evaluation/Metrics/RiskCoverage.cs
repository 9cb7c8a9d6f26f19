using Credence.Evaluation.Results;

namespace Credence.Evaluation.Metrics;

/// <summary>The risk–coverage curve: the error rate of the most confident rows. Rows of equal confidence have no order, so every metric is
/// its mean over their orders.</summary>
internal static class RiskCoverage
{
    private const int CurvePoints = 200;

    /// <summary>The areas under both curves, and points on the first. AURC is the mean over i = 1 … n of the share of errors among the i
    /// most confident
    /// rows (Y. Geifman, R. El-Yaniv 2017); AUGRC the mean of errors among them as a share of all n (J. Traub and others 2024).</summary>
    /// <param name="groups">The rows of each distinct confidence, ascending.</param>
    /// <param name="weights">One weight per row in that order, of mean one; weight m stands for m rows.</param>
    /// <param name="correct">Whether each row was right.</param>
    /// <param name="harmonics">H(0) … H(n).</param>
    public static RiskMetrics Figures(Partition groups, ReadOnlySpan<double> weights, ReadOnlySpan<bool> correct, double[] harmonics)
    {
        double all = weights.Length;
        double covered = 0, errors = 0, risk = 0, generalised = 0, harmonic = 0;
        double at50 = double.NaN, at80 = double.NaN, at90 = double.NaN, one = 0, five = 0;
        for (int group = groups.Cells - 1; group >= 0; group--)
        {
            (double m, double wrong) = Weigh(groups, group, weights, correct);
            if (m <= 0)
                continue;

            // The j-th of the m adds wrong/m errors in the mean: Σ_j (E + j·r) / (c + j) = m·r + (E − c·r) (H(c + m) − H(c)).
            double rate = wrong / m;
            double next = HarmonicNumber.Compute(covered + m, harmonics);
            risk += (m * rate) + ((errors - (covered * rate)) * (next - harmonic));
            generalised += (m * errors) + (rate * m * (m + 1) / 2);
            if (double.IsNaN(at90))
            {
                at50 = At(0.5 * all, covered, m, errors, rate, at50);
                at80 = At(0.8 * all, covered, m, errors, rate, at80);
                at90 = At(0.9 * all, covered, m, errors, rate, at90);
            }

            // Over the larger risk a single row is over both; only of several equal ones may some still lie within.
            if (errors + wrong <= (0.05 * (covered + m)) + 1e-9 || m > 1)
            {
                one = Math.Max(one, Within(0.01, covered, m, errors, rate));
                five = Math.Max(five, Within(0.05, covered, m, errors, rate));
            }

            covered += m;
            errors += wrong;
            harmonic = next;
        }

        double last = errors / covered;
        return new RiskMetrics(
            1 - last, risk / covered, generalised / covered / covered, double.IsNaN(at50) ? last : at50, double.IsNaN(at80) ? last : at80,
            double.IsNaN(at90) ? last : at90, Math.Min(1, one / covered), Math.Min(1, five / covered));
    }

    /// <summary>How far each row moves the AURC A: w·(R + e·T − C − A), R the risk down to it, e whether it is wrong, T and C the sums of
    /// 1/j and R_j/j over the rows j from it on; means over rows of equal confidence.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="aurc">A.</param>
    /// <param name="parts">Gets one per row, in the order of confidence.</param>
    public static void AurcParts(SortedRows rows, double aurc, Span<double> parts)
    {
        Partition groups = rows.Groups;
        double covered = rows.Count, errors = 0, later = 0, laterRisk = 0;
        for (int i = 0; i < rows.Count; i++)
            errors += rows.Correct[i] ? 0 : rows.Weights[i];

        for (int group = 0; group < groups.Cells; group++)
        {
            // From the least confident on, so that what comes later is known.
            (double m, double wrong) = Weigh(groups, group, rows.Weights, rows.Correct);
            double before = Math.Max(0, covered - m), wrongBefore = Math.Max(0, errors - wrong);
            if (m > 0)
            {
                // Down to the j-th of the m equal rows the risk is r + a/(c + j); sums over j of 1/(c + j) and of its square, and the same
                // from a row on, on average.
                double rate = wrong / m, extra = wrongBefore - (before * rate);
                double first = HarmonicNumber.Compute(covered, rows.Harmonics) - HarmonicNumber.Compute(before, rows.Harmonics);
                double second = m == 1 ? 1 / (covered * covered) : (1 / (before + 0.5)) - (1 / (covered + 0.5));
                double risk = rate + (extra / m * first), tail = later + 1 - (before / m * first);
                double tailRisk = laterRisk + (rate * (1 - (before / m * first))) + (extra / m * (first - (before * second)));
                for (int i = groups.Start(group); i < groups.End(group); i++)
                    parts[i] = rows.Weights[i] * (risk + (rows.Correct[i] ? 0 : tail) - tailRisk - aurc);

                later += first;
                laterRisk += (rate * first) + (extra * second);
            }
            else
            {
                parts[groups.Start(group)..groups.End(group)].Clear();
            }

            (covered, errors) = (before, wrongBefore);
        }
    }

    /// <summary>How far each row moves the AUGRC A: w·(E + e·(1 − c) − 2A), E the errors down to it and c the rows down to it as shares of
    /// all.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="augrc">A.</param>
    /// <param name="parts">Gets one per row, in the order of confidence.</param>
    public static void AugrcParts(SortedRows rows, double augrc, Span<double> parts)
    {
        double covered = 0, errors = 0, n = rows.Count;
        for (int group = rows.Groups.Cells - 1; group >= 0; group--)
        {
            (double m, double wrong) = Weigh(rows.Groups, group, rows.Weights, rows.Correct);
            double share = (errors + (wrong / 2)) / n, rest = 1 - ((covered + (m / 2)) / n);
            for (int i = rows.Groups.Start(group); i < rows.Groups.End(group); i++)
                parts[i] = rows.Weights[i] * (share + (rows.Correct[i] ? 0 : rest) - (2 * augrc));

            covered += m;
            errors += wrong;
        }
    }

    /// <summary>The risk among the first <paramref name="rows"/>, where the group reaches so far and none did before.</summary>
    private static double At(double rows, double covered, double m, double errors, double rate, double known)
    {
        rows = Math.Max(1, rows);
        return double.IsNaN(known) && covered + m >= rows - 1e-9 ? Math.Clamp((errors + ((rows - covered) * rate)) / rows, 0, 1) : known;
    }

    /// <summary>The most rows, counted whole from the first, that end in the group with a share of errors of at most
    /// <paramref name="risk"/>.</summary>
    private static double Within(double risk, double covered, double m, double errors, double rate)
    {
        if (errors + (m * rate) <= (risk * (covered + m)) + 1e-9)
            return covered + m;

        double spare = (risk * covered) - errors;
        double more = rate > risk ? Math.Floor((spare / (rate - risk)) + 1e-9) : 0;
        return spare >= 0 && more >= 1 ? covered + more : 0;
    }

    /// <summary>The curve at 200 equal steps of coverage, or at each row where there are fewer.</summary>
    public static RiskAtCoverage[] Curve(SortedRows rows)
    {
        int points = Math.Min(CurvePoints, rows.Count);
        var curve = new RiskAtCoverage[points];
        double covered = 0, errors = 0;
        int point = 0;
        for (int group = rows.Groups.Cells - 1; group >= 0; group--)
        {
            (double m, double wrong) = Weigh(rows.Groups, group, rows.Weights, rows.Correct);
            while (point < points && (double)(point + 1) * rows.Count / points <= covered + m + 1e-9)
            {
                double at = (double)(point + 1) * rows.Count / points;
                double sum = m > 0 ? errors + (wrong * Math.Min(1, (at - covered) / m)) : errors;
                curve[point++] = new RiskAtCoverage((double)point / points, Math.Clamp(sum / at, 0, 1));
            }

            covered += m;
            errors += wrong;
        }

        // What rounding of the weights may have left.
        while (point < points)
            curve[point++] = new RiskAtCoverage((double)point / points, errors / covered);

        return curve;
    }

    private static (double Weight, double Wrong) Weigh(
        Partition groups, int group, ReadOnlySpan<double> weights, ReadOnlySpan<bool> correct)
    {
        double weight = 0, wrong = 0;
        for (int row = groups.Start(group); row < groups.End(group); row++)
        {
            weight += weights[row];
            wrong += correct[row] ? 0 : weights[row];
        }

        return (weight, wrong);
    }
}
