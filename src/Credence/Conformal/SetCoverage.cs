using Credence.Data;
using Credence.Data.Scores;
using Credence.Numerics;

namespace Credence.Conformal;

/// <summary>The evaluation of prediction sets on labelled rows.</summary>
public sealed class SetCoverage
{
    private readonly ConformalClassifier classifier;

    private SetCoverage(ConformalClassifier classifier, int[] rowsBySize, int[] coveredBySize, int[] rowsByClass, int[] coveredByClass)
    {
        this.classifier = classifier;
        Rows = rowsBySize.Sum();
        Covered = coveredBySize.Sum();
        MeanSize = rowsBySize.Select((rows, size) => (double)rows * size).Sum() / Rows;
        EmptyShare = (double)rowsBySize[0] / Rows;
        SingleShare = rowsBySize.Length > 1 ? (double)rowsBySize[1] / Rows : 0;
        ByClass = Strata(rowsByClass, coveredByClass);
        BySize = Strata(rowsBySize, coveredBySize);
    }

    /// <summary>The rows evaluated.</summary>
    public int Rows { get; }

    /// <summary>The number of these whose set contains the true class.</summary>
    public int Covered { get; }

    /// <summary>The share of rows whose set contains the true class.</summary>
    public double Coverage => (double)Covered / Rows;

    /// <summary>A 95 % interval for the coverage over future rows (Clopper–Pearson).</summary>
    public (double Low, double High) Interval =>
        (BinomialDistribution.LowerBound(Covered, Rows, 0.025), BinomialDistribution.UpperBound(Covered, Rows, 0.025));

    /// <summary>The mean number of classes in a set.</summary>
    public double MeanSize { get; }

    /// <summary>The share of rows with an empty set.</summary>
    public double EmptyShare { get; }

    /// <summary>The share of rows with one class in the set.</summary>
    public double SingleShare { get; }

    /// <summary>Coverage by true class, for classes that occur.</summary>
    public IReadOnlyList<CoverageStratum> ByClass { get; }

    /// <summary>Coverage by the set's size, for sizes that occur. Where it varies, the set size does not match the row's
    /// difficulty.</summary>
    public IReadOnlyList<CoverageStratum> BySize { get; }

    /// <summary>The mean over classes of |coverage − (1−α)| (CovGap; Ding and others 2023).</summary>
    public double ClassGap => ByClass.Average(stratum => Math.Abs(stratum.Coverage - (1 - classifier.Alpha)));

    /// <summary>The evaluation in words.</summary>
    public string Verdict
    {
        get
        {
            string aim = $"{Coverage:P1} of {Rows:N0} sets contain the true class, with {MeanSize:0.##} classes on average; target "
                + $"{1 - classifier.Alpha:P1}.";
            if (classifier.Laws.Count != 1)
                return aim;

            CoverageLaw law = classifier.Laws[0];
            double distance = (Coverage - law.Mean) / law.StandardDeviationOn(Rows);
            return distance < -2.5758293035489004
                ? $"{aim} Lower than chance explains at {law.Rows:N0} calibration rows: these rows differ from the calibration rows."
                : distance > 2.5758293035489004
                    ? $"{aim} Higher than the target, as where the most probable class alone is right more often, with tied scores, "
                        + "or with "
                        + $"rows easier than the calibration rows."
                    : $"{aim} Consistent with {law.Rows:N0} calibration rows.";
        }
    }

    /// <summary>Counts how often the sets contain the true class.</summary>
    /// <param name="classifier">The sets.</param>
    /// <param name="probabilities">[rows, K], rows not used for fitting the sets.</param>
    /// <param name="labels">Their classes; rows without one are left out.</param>
    /// <param name="rowKeys">One key per row; by the row's place where empty.</param>
    /// <param name="groups">One group per row, with the names used in the fit, where sets are by group.</param>
    /// <exception cref="ArgumentException">The shapes disagree, the scores are not probabilities, or no row has a label.</exception>
    public static SetCoverage Measure(
        ConformalClassifier classifier, Probabilities probabilities, Labels labels, ReadOnlySpan<ulong> rowKeys = default,
            ReadOnlySpan<int> groups = default)
    {
        ScoreCheck.Together(probabilities.Rows, probabilities.Classes, labels);
        ulong[] keys = rowKeys.IsEmpty ? [.. Enumerable.Range(0, labels.Count).Select(RowKey.Of)] : rowKeys.ToArray();
        IReadOnlyList<int>[] sets = classifier.Sets(probabilities, keys, groups);
        var rowsBySize = new int[classifier.Classes + 1];
        var coveredBySize = new int[classifier.Classes + 1];
        var rowsByClass = new int[classifier.Classes];
        var coveredByClass = new int[classifier.Classes];
        for (int row = 0; row < sets.Length; row++)
        {
            int label = labels[row];
            if (label < 0)
                continue;

            int covered = sets[row].Contains(label) ? 1 : 0;
            rowsBySize[sets[row].Count]++;
            coveredBySize[sets[row].Count] += covered;
            rowsByClass[label]++;
            coveredByClass[label] += covered;
        }

        return rowsByClass.Sum() > 0
            ? new SetCoverage(classifier, rowsBySize, coveredBySize, rowsByClass, coveredByClass)
            : throw new ArgumentException("No row has a label, so coverage can't be measured.", nameof(labels));
    }

    private static CoverageStratum[] Strata(int[] rows, int[] covered) =>
        [.. Enumerable.Range(0, rows.Length).Where(i => rows[i] > 0).Select(i => new CoverageStratum(i, rows[i], covered[i]))];
}
