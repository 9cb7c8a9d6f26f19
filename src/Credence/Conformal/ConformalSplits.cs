using Credence.Data;
using Credence.Data.Scores;
using Credence.Numerics;

namespace Credence.Conformal;

/// <summary>Prediction sets evaluated over many random splits of the same rows into calibration and test: the quality of a score on
/// a file, with the mean and the spread over the splits.</summary>
public sealed class ConformalSplits
{
    private const int ChunkRows = 512;

    private ConformalSplits(ConformalOptions options, int calibrationRows, int testRows, double[] coverages, double[] meanSizes)
    {
        Options = options;
        CalibrationRows = calibrationRows;
        TestRows = testRows;
        Coverages = coverages;
        MeanSizes = meanSizes;
        CoverageDeviation = Deviation(coverages);
        MeanSizeDeviation = Deviation(meanSizes);
    }

    /// <summary>The options of the sets.</summary>
    public ConformalOptions Options { get; }

    /// <summary>Rows that gave the quantile, in each split.</summary>
    public int CalibrationRows { get; }

    /// <summary>Rows the sets were evaluated on, in each split.</summary>
    public int TestRows { get; }

    /// <summary>The coverage of each split.</summary>
    public IReadOnlyList<double> Coverages { get; }

    /// <summary>The mean set size of each split.</summary>
    public IReadOnlyList<double> MeanSizes { get; }

    /// <summary>The mean coverage.</summary>
    public double Coverage => Coverages.Average();

    /// <summary>The standard deviation of the coverage across splits.</summary>
    public double CoverageDeviation { get; }

    /// <summary>The mean set size.</summary>
    public double MeanSize => MeanSizes.Average();

    /// <summary>The standard deviation of the mean size across splits.</summary>
    public double MeanSizeDeviation { get; }

    /// <summary>The distribution of the coverage, for sets without a partition.</summary>
    public CoverageLaw Law => new(CalibrationRows, ConformalRank.Compute(CalibrationRows, Options.Alpha));

    /// <summary>Splits, calibrates and evaluates.</summary>
    /// <param name="probabilities">[n, K].</param>
    /// <param name="labels">Their classes, none missing.</param>
    /// <param name="options">The options of the sets. Classes with too few rows in a split are in every set, and groups with too few get
    /// full sets.</param>
    /// <param name="splits">The number of splits.</param>
    /// <param name="calibrationRows">Rows that give the quantile; half where 0.</param>
    /// <param name="seed">Draws the splits.</param>
    /// <param name="maxThreads">0 uses one per core; the metrics do not depend on it.</param>
    /// <param name="groups">The group of each row, for <see cref="ConformalPartition.Group"/>; a row without one gets the full set.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="ArgumentException">The shapes disagree, a label is missing, or a half has too few rows.</exception>
    public static ConformalSplits Run(
        Probabilities probabilities,
        Labels labels,
        ConformalOptions options,
        int splits,
        int calibrationRows = 0,
        ulong seed = 1,
        int maxThreads = 1,
        Labels? groups = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        options.CheckStatement();
        ScoreCheck.Together(probabilities.Rows, probabilities.Classes, labels);
        ScoreCheck.Rows(probabilities, nameof(probabilities));
        int rows = labels.Count;
        int calibration = calibrationRows == 0 ? rows / 2 : calibrationRows;
        if (splits < 1)
            throw new ArgumentException($"'{nameof(splits)}' is {splits}, must be at least 1.", nameof(splits));

        if (options.Partition == ConformalPartition.Group && groups?.Count != rows)
            throw new ArgumentException($"Sets by group need a group for each of the {rows} rows.", nameof(groups));

        if (labels.Indices.Contains(Labels.Missing))
            throw new ArgumentException($"Row {labels.Indices.IndexOf(Labels.Missing)} has no label; every row needs one.", nameof(labels));

        int needed = ConformalRank.RowsNeeded(options.Alpha);
        if (calibration < needed || calibration >= rows)
        {
            throw new ArgumentException(
                $"{calibration} calibration rows of {rows} are out of range: α = {options.Alpha} needs {needed}, and at least one row "
                    + "must remain for the test.", nameof(calibrationRows));
        }

        double[] trueScores = TrueScores(probabilities, labels, options, maxThreads, cancellationToken);
        Parts parts = Parts.Of(options.Partition, labels, groups);
        var rng = new Rng(seed);
        var isTest = new bool[splits][];
        var quantiles = new double[splits][];
        for (int split = 0; split < splits; split++)
        {
            int[] order = rng.Split((ulong)split).Permutation(rows);
            isTest[split] = new bool[rows];
            foreach (int row in order.AsSpan(calibration))
                isTest[split][row] = true;

            quantiles[split] = Quantiles(trueScores, labels, parts, order.AsSpan(0, calibration), options.Alpha);
        }

        (long[] covered, long[] size) = Count(probabilities, labels, options, parts, isTest, quantiles, maxThreads, cancellationToken);
        int tests = rows - calibration;
        return new ConformalSplits(
            options, calibration, tests, [.. covered.Select(count => (double)count / tests)],
                [.. size.Select(count => (double)count / tests)]);
    }

    private static double[] TrueScores(
        Probabilities probabilities, Labels labels, ConformalOptions options, int maxThreads, CancellationToken cancellationToken)
    {
        var trueScores = new double[labels.Count];
        Chunks.For((labels.Count + ChunkRows - 1) / ChunkRows, maxThreads, chunk =>
        {
            var scoring = new NonconformityScores(options, probabilities.Classes);
            var scores = new double[probabilities.Classes];
            for (int row = chunk * ChunkRows; row < Math.Min(labels.Count, (chunk + 1) * ChunkRows); row++)
            {
                scoring.Compute(probabilities.Row(row), RowKey.Of(row), scores);
                trueScores[row] = scores[labels[row]];
            }
        }, cancellationToken);
        return trueScores;
    }

    /// <summary>One quantile per part; +∞ where it has too few rows.</summary>
    private static double[] Quantiles(double[] trueScores, Labels labels, Parts parts, ReadOnlySpan<int> calibration, double alpha)
    {
        var scores = new List<double>[parts.Count];
        for (int part = 0; part < scores.Length; part++)
            scores[part] = [];

        foreach (int row in calibration)
        {
            if (parts.Of(row, labels[row]) is >= 0 and int part)
                scores[part].Add(trueScores[row]);
        }

        var quantiles = new double[parts.Count];
        for (int part = 0; part < quantiles.Length; part++)
        {
            scores[part].Sort();
            int rank = ConformalRank.Compute(scores[part].Count, alpha);
            quantiles[part] = rank <= scores[part].Count ? scores[part][rank - 1] : double.PositiveInfinity;
        }

        return quantiles;
    }

    private static (long[] Covered, long[] Size) Count(
        Probabilities probabilities,
        Labels labels,
        ConformalOptions options,
        Parts parts,
        bool[][] isTest,
        double[][] quantiles,
        int maxThreads,
        CancellationToken cancellationToken)
    {
        int splits = isTest.Length;
        int chunks = (labels.Count + ChunkRows - 1) / ChunkRows;
        var covered = new long[chunks][];
        var size = new long[chunks][];
        Chunks.For(chunks, maxThreads, chunk =>
        {
            covered[chunk] = new long[splits];
            size[chunk] = new long[splits];
            var scoring = new NonconformityScores(options, probabilities.Classes);
            var scores = new double[probabilities.Classes];
            for (int row = chunk * ChunkRows; row < Math.Min(labels.Count, (chunk + 1) * ChunkRows); row++)
            {
                scoring.Compute(probabilities.Row(row), RowKey.Of(row), scores);
                for (int split = 0; split < splits; split++)
                {
                    if (!isTest[split][row])
                        continue;

                    double[] quantile = quantiles[split];
                    covered[chunk][split] += IsMember(labels[row]) ? 1 : 0;
                    int members = 0;
                    for (int k = 0; k < scores.Length; k++)
                        members += IsMember(k) ? 1 : 0;

                    bool IsMember(int k) => parts.Of(row, k) is var part && (part < 0 || scores[k] <= quantile[part]);

                    size[chunk][split] += members;
                }
            }
        }, cancellationToken);

        return (Total(covered, splits), Total(size, splits));
    }

    private static long[] Total(long[][] parts, int splits)
    {
        var total = new long[splits];
        foreach (long[] part in parts)
        {
            for (int split = 0; split < splits; split++)
                total[split] += part[split];
        }

        return total;
    }

    private static double Deviation(double[] values)
    {
        if (values.Length < 2)
            return double.NaN;

        double mean = values.Average();
        double sum = 0;
        foreach (double value in values)
            sum += (value - mean) * (value - mean);

        return Math.Sqrt(sum / (values.Length - 1));
    }

    /// <summary>The index of the quantile that a class of a row is compared with: the only one, the class's, or the row's group's; −1 for a
    /// row without a group.</summary>
    private readonly record struct Parts(ConformalPartition Partition, int Count, Labels? Groups)
    {
        public static Parts Of(ConformalPartition partition, Labels labels, Labels? groups) => partition switch
        {
            ConformalPartition.Class => new Parts(partition, labels.Classes, null),
            ConformalPartition.Group => new Parts(partition, groups!.Classes, groups),
            _ => new Parts(partition, 1, null),
        };

        public int Of(int row, int classIndex) => Partition switch
        {
            ConformalPartition.Class => classIndex,
            ConformalPartition.Group => Groups![row],
            _ => 0,
        };
    }
}
