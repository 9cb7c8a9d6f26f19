namespace Credence.OutOfDistribution;

/// <summary>The detection rate of an outlier score, and its cost among in-distribution rows, at every threshold; larger scores mean more
/// outlying.</summary>
public sealed class OutlierTradeoff
{
    private readonly double[] thresholds;
    private readonly int[] alarms;
    private readonly int[] lost;
    private readonly int[] caught;
    private readonly int known;
    private readonly int right;
    private readonly int strange;

    private OutlierTradeoff(double[] thresholds, int[] alarms, int[] lost, int[] caught, int known, int right, int strange)
    {
        this.thresholds = thresholds;
        this.alarms = alarms;
        this.lost = lost;
        this.caught = caught;
        this.known = known;
        this.right = right;
        this.strange = strange;
    }

    /// <summary>The share of in-distribution rows classified correctly where none is rejected.</summary>
    public double KnownAccuracy => (double)right / known;

    /// <summary>Counts both kinds of rows at every threshold.</summary>
    /// <param name="knownScores">Scores of in-distribution rows.</param>
    /// <param name="isRight">Whether each is classified correctly.</param>
    /// <param name="strangeScores">Scores of out-of-distribution rows.</param>
    /// <exception cref="ArgumentException">One kind has no rows, lengths differ, or a score is NaN.</exception>
    public static OutlierTradeoff Compute(ReadOnlySpan<double> knownScores, ReadOnlySpan<bool> isRight, ReadOnlySpan<double> strangeScores)
    {
        if (knownScores.IsEmpty || strangeScores.IsEmpty || isRight.Length != knownScores.Length)
            throw new ArgumentException($"There are {knownScores.Length} in-distribution rows, {isRight.Length} flags of correctness and "
                + $"{strangeScores.Length} out-of-distribution rows.");

        // Both kinds by falling score: 0 is an out-of-distribution row, 1 an in-distribution one that is wrong, 2 one that is right.
        var all = new (double Score, int Kind)[knownScores.Length + strangeScores.Length];
        for (int i = 0; i < knownScores.Length; i++)
            all[i] = (knownScores[i], isRight[i] ? 2 : 1);

        for (int i = 0; i < strangeScores.Length; i++)
            all[knownScores.Length + i] = (strangeScores[i], 0);

        if (Array.Exists(all, row => double.IsNaN(row.Score)))
            throw new ArgumentException("A score is NaN; rows without a score cannot be ranked.");

        Array.Sort(all, (a, b) => b.Score.CompareTo(a.Score));
        var thresholds = new List<double> { double.PositiveInfinity };
        List<int> alarms = [0], lost = [0], caught = [0];
        int[] counts = new int[3];
        for (int i = 0; i < all.Length; i++)
        {
            counts[all[i].Kind]++;
            if (i + 1 < all.Length && all[i + 1].Score == all[i].Score)
                continue;

            thresholds.Add(all[i].Score);
            alarms.Add(counts[1] + counts[2]);
            lost.Add(counts[2]);
            caught.Add(counts[0]);
        }

        return new OutlierTradeoff([.. thresholds], [.. alarms], [.. lost], [.. caught], knownScores.Length, isRight.Count(true),
            strangeScores.Length);
    }

    /// <summary>The largest detection rate at a false-alarm rate of at most the given one.</summary>
    /// <param name="falseAlarmRate">The share of in-distribution rows, 0 to 1.</param>
    public OutlierOperatingPoint AtFalseAlarms(double falseAlarmRate) => Last(i => alarms[i] <= falseAlarmRate * known);

    /// <summary>The largest detection rate that keeps the accuracy on in-distribution rows, rejected ones counted as wrong, at the given
    /// value or more.</summary>
    /// <param name="knownAccuracy">The share of in-distribution rows, 0 to 1.</param>
    /// <returns>Null where the model's accuracy is lower even without rejecting any row.</returns>
    public OutlierOperatingPoint? AtKnownAccuracy(double knownAccuracy) =>
        right < knownAccuracy * known ? null : Last(i => right - lost[i] >= knownAccuracy * known);

    private OutlierOperatingPoint Last(Func<int, bool> holds)
    {
        int last = 0;
        for (int i = 1; i < thresholds.Length && holds(i); i++)
            last = i;

        return new OutlierOperatingPoint(thresholds[last], (double)alarms[last] / known,
            (double)(right - lost[last]) / known, (double)caught[last] / strange);
    }
}
