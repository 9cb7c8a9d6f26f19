namespace Credence.Evaluation;

/// <summary>The risk of acting on the surest rows only. Rows of equal confidence have no order, so every figure is its mean over their orders.</summary>
internal static class RiskCoverage
{
    private const int CurvePoints = 200;

    /// <summary>The areas under both curves. AURC is the mean over i = 1 … n of the share of errors among the i surest rows (Y. Geifman,
    /// R. El-Yaniv 2017); AUGRC the mean of errors among them as a share of all n (J. Traub and others 2024).</summary>
    /// <param name="groups">The rows of each distinct confidence, ascending.</param>
    /// <param name="weights">A weight a row in that order, of mean one; weight m stands for m rows.</param>
    /// <param name="correct">Whether each row was right.</param>
    public static (double Aurc, double Augrc) Areas(Partition groups, ReadOnlySpan<double> weights, ReadOnlySpan<bool> correct)
    {
        double covered = 0, errors = 0, risk = 0, generalised = 0, harmonic = 0;
        for (int group = groups.Cells - 1; group >= 0; group--)
        {
            (double m, double wrong) = Weigh(groups, group, weights, correct);
            if (m <= 0)
                continue;

            // The j-th of the m adds wrong/m errors in the mean: Σ_j (E + j·r) / (c + j) = m·r + (E − c·r) (H(c + m) − H(c)).
            double rate = wrong / m;
            double next = HarmonicNumber.Compute(covered + m);
            risk += (m * rate) + ((errors - (covered * rate)) * (next - harmonic));
            generalised += (m * errors) + (rate * m * (m + 1) / 2);
            covered += m;
            errors += wrong;
            harmonic = next;
        }

        return (risk / covered, generalised / covered / covered);
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

    private static (double Weight, double Wrong) Weigh(Partition groups, int group, ReadOnlySpan<double> weights, ReadOnlySpan<bool> correct)
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
