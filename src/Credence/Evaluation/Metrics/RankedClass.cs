namespace Credence.Evaluation.Metrics;

/// <summary>One class against the rest: its rows' own scores, and the ranks of the others among them.</summary>
internal sealed class RankedClass
{
    private const int FinestCell = 44, CellsAScore = 4;
    private readonly double[] scores;
    private readonly int[] guide;
    private readonly int cell;
    private readonly double[] own;
    private readonly double[] others;
    private readonly double[] ownAbove;
    private readonly double[] othersBelow;
    private double ownTotal;
    private double otherTotal;

    /// <param name="rows">Score and weight of each of its rows.</param>
    public RankedClass(List<(double Score, double Weight)> rows)
    {
        rows.Sort();
        var distinct = new List<double>();
        var weights = new List<double>();
        foreach ((double score, double weight) in rows)
        {
            if (distinct.Count == 0 || distinct[^1] != score)
            {
                distinct.Add(score);
                weights.Add(0);
            }

            weights[^1] += weight;
        }

        scores = [.. distinct];
        own = [.. weights];
        guide = Guide(scores, out cell);
        others = new double[Places];
        ownAbove = new double[Places];
        othersBelow = new double[Places];
    }

    /// <summary>Places among its d distinct scores: 2j + 1 at the j-th, 2j under it.</summary>
    public int Places => (2 * scores.Length) + 1;

    /// <summary>The area under the ROC curve; NaN where it has no rows, or all.</summary>
    public double Auroc { get; private set; } = double.NaN;

    /// <summary>Its standard error.</summary>
    public double AurocError { get; private set; } = double.NaN;

    /// <summary>Average precision; NaN in the same cases.</summary>
    public double AveragePrecision { get; private set; } = double.NaN;

    /// <summary>Its standard error.</summary>
    public double AveragePrecisionError { get; private set; } = double.NaN;

    /// <summary>Its share of the weight.</summary>
    public double Share { get; private set; }

    /// <summary>The place of a score.</summary>
    public int PlaceOf(double score)
    {
        double[] sorted = scores;
        if (sorted.Length == 0 || score < sorted[0])
            return 0;

        // The last score that is not above, among the few that the guide leaves: no branch depends on the comparison, which is as good as
        // chance.
        int near = (int)Math.Min(Cell(score, cell) - Cell(sorted[0], cell), guide.Length - 2);
        int low = guide[near], count = guide[near + 1] - low + 1;
        while (count > 1)
        {
            int half = count >>> 1;
            low += sorted[low + half] <= score ? half : 0;
            count -= half;
        }

        return (2 * low) + (sorted[low] == score ? 1 : 2);
    }

    /// <summary>Adds the weights of some rows at the places of their scores.</summary>
    /// <param name="column">The first row's score; the others follow.</param>
    /// <param name="stride">How far apart they are.</param>
    /// <param name="weights">One weight per row.</param>
    /// <param name="sums">One sum per place.</param>
    public void AddPlaces(ReadOnlySpan<double> column, int stride, ReadOnlySpan<double> weights, Span<double> sums)
    {
        for (int row = 0; row < weights.Length; row++)
            sums[PlaceOf(column[row * stride])] += weights[row];
    }

    /// <summary>Adds the weight of rows of any class at each place.</summary>
    public void AddOthers(ReadOnlySpan<double> weights)
    {
        for (int place = 0; place < weights.Length; place++)
            others[place] += weights[place];
    }

    /// <summary>Computes the metrics, once every row is placed.</summary>
    /// <param name="rows">n.</param>
    /// <param name="worth">Rows of equal weight that a weight of one stands for.</param>
    public void Finish(int rows, double worth)
    {
        for (int j = 0; j < own.Length; j++)
        {
            others[(2 * j) + 1] -= own[j];
            ownTotal += own[j];
        }

        otherTotal = rows - ownTotal;
        Share = ownTotal / rows;
        if (!(ownTotal > 0) || !(otherTotal > 1e-9 * rows))
            return;

        double below = 0, above = ownTotal;
        for (int place = 0; place < others.Length; place++)
        {
            bool isScore = (place & 1) == 1;
            double equal = isScore ? own[place / 2] : 0;
            above -= equal;
            othersBelow[place] = (below + (isScore ? others[place] / 2 : 0)) / otherTotal;
            ownAbove[place] = Math.Max(0, above + (equal / 2)) / ownTotal;
            below += others[place];
        }

        Area(worth);
        Precision(worth);
    }

    /// <summary>A row's part in the area's deviation, so that the sum of squares over rows is its variance (DeLong).</summary>
    public double PartOf(double score, bool isOwn)
    {
        if (double.IsNaN(Auroc))
            return 0;

        int place = PlaceOf(score);
        return isOwn ? (othersBelow[place] - Auroc) / ownTotal : (ownAbove[place] - Auroc) / otherTotal;
    }

    /// <summary>For each cell of scores with the same upper bits, the last score below it, or the first of all; then the last of
    /// all.</summary>
    private static int[] Guide(double[] sorted, out int cell)
    {
        cell = FinestCell;
        if (sorted.Length == 0)
            return [];

        while (Cell(sorted[^1], cell) - Cell(sorted[0], cell) >= CellsAScore * (long)sorted.Length)
            cell++;

        var guide = new int[Cell(sorted[^1], cell) - Cell(sorted[0], cell) + 2];
        int below = 0;
        for (int c = 0; c < guide.Length; c++)
        {
            while (below < sorted.Length && Cell(sorted[below], cell) - Cell(sorted[0], cell) < c)
                below++;

            guide[c] = Math.Max(0, below - 1);
        }

        return guide;
    }

    private static long Cell(double score, int cell) => BitConverter.DoubleToInt64Bits(score + 0.0) >> cell;

    private void Area(double worth)
    {
        double area = 0, ownSquares = 0, otherSquares = 0;
        for (int place = 0; place < others.Length; place++)
        {
            if ((place & 1) == 1)
            {
                area += own[place / 2] * othersBelow[place];
                ownSquares += own[place / 2] * othersBelow[place] * othersBelow[place];
            }

            otherSquares += others[place] * ownAbove[place] * ownAbove[place];
        }

        Auroc = area / ownTotal;
        double variance = (Math.Max(0, (ownSquares / ownTotal) - (Auroc * Auroc)) / (ownTotal * worth))
            + (Math.Max(0, (otherSquares / otherTotal) - (Auroc * Auroc)) / (otherTotal * worth));
        AurocError = Math.Sqrt(variance);
    }

    private void Precision(double worth)
    {
        double found = 0, wrong = others[^1], sum = 0;
        for (int j = own.Length - 1; j >= 0; j--)
        {
            found += own[j];
            wrong += others[(2 * j) + 1];
            sum += own[j] * found / (found + Math.Max(0, wrong));
            wrong += others[2 * j];
        }

        AveragePrecision = sum / ownTotal;
        AveragePrecisionError = Math.Sqrt(Math.Max(0, AveragePrecision * (1 - AveragePrecision)) / (ownTotal * worth));
    }
}
