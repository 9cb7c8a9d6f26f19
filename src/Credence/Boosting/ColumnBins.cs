namespace Credence.Boosting;

/// <summary>The bins of a column: intervals of a number between weighted quantiles, with a last bin for missing cells; or a category's most
/// frequent values, one each, with bin 0 for all others.</summary>
internal sealed class ColumnBins
{
    private const int FewestRowsOfCategory = 2;
    private readonly byte[] binOf;

    private ColumnBins(float[] upper, bool hasMissing, byte[] binOf, int count)
    {
        Upper = upper;
        HasMissing = hasMissing;
        this.binOf = binOf;
        Count = count;
    }

    /// <summary>The thresholds of a number, increasing: a value is in the first bin whose threshold is not below it.</summary>
    public float[] Upper { get; }

    /// <summary>Whether the last bin is of missing cells.</summary>
    public bool HasMissing { get; }

    public bool IsCategory => binOf.Length > 0;

    public int Count { get; }

    /// <summary>The bin of each value of a category.</summary>
    public ReadOnlySpan<byte> BinOf => binOf;

    /// <summary>The bin of a value.</summary>
    public byte Of(float value)
    {
        if (IsCategory)
            return value >= 0 && value < binOf.Length ? binOf[(int)value] : (byte)0;

        if (float.IsNaN(value))
            return (byte)(Count - 1);

        int low = 0, high = Upper.Length;
        while (low < high)
        {
            int middle = (low + high) >> 1;
            if (Upper[middle] < value)
                low = middle + 1;
            else
                high = middle;
        }

        return (byte)low;
    }

    /// <summary>Bins of a number.</summary>
    /// <param name="values">One value per row, NaN where missing.</param>
    /// <param name="weights">One weight per row, or empty where all are 1; rows of weight 0 don't count.</param>
    /// <param name="most">The maximum number of bins.</param>
    public static ColumnBins Number(ReadOnlySpan<float> values, ReadOnlySpan<double> weights, int most)
    {
        var sorted = new float[values.Length];
        var shares = new double[weights.Length];
        int known = 0;
        bool hasMissing = false;
        for (int row = 0; row < values.Length; row++)
        {
            if (!weights.IsEmpty && weights[row] == 0)
                continue;

            if (float.IsNaN(values[row]))
            {
                hasMissing = true;
                continue;
            }

            if (!weights.IsEmpty)
                shares[known] = weights[row];
            sorted[known++] = values[row] == 0 ? 0 : values[row];
        }

        if (weights.IsEmpty)
            sorted.AsSpan(0, known).Sort();
        else
            sorted.AsSpan(0, known).Sort(shares.AsSpan(0, known));

        float[] upper = Thresholds(sorted.AsSpan(0, known), shares, hasMissing ? most - 1 : most);
        return new ColumnBins(upper, hasMissing, [], upper.Length + (hasMissing ? 2 : 1));
    }

    /// <summary>Bins of a category.</summary>
    /// <param name="values">One index per row, −1 where none is known.</param>
    /// <param name="weights">One weight per row, or empty where all are 1; rows of weight 0 don't count.</param>
    /// <param name="count">The number of values that the category has.</param>
    /// <param name="most">The maximum number of bins.</param>
    public static ColumnBins Category(ReadOnlySpan<float> values, ReadOnlySpan<double> weights, int count, int most)
    {
        var rows = new int[count];
        for (int row = 0; row < values.Length; row++)
        {
            if (values[row] >= 0 && (weights.IsEmpty || weights[row] > 0))
                rows[(int)values[row]]++;
        }

        int[] kept = [.. Enumerable.Range(0, count)
            .Where(value => rows[value] >= FewestRowsOfCategory)
            .OrderByDescending(value => rows[value])
            .ThenBy(value => value)
            .Take(most - 1)
            .Order()];
        var binOf = new byte[count];
        for (int i = 0; i < kept.Length; i++)
            binOf[kept[i]] = (byte)(i + 1);

        return new ColumnBins([], false, binOf, kept.Length + 1);
    }

    /// <summary>Thresholds halfway between neighbouring values: between all where they are few, else after each share of the
    /// weight; a value
    /// with more than a bin's share fills a bin alone.</summary>
    private static float[] Thresholds(ReadOnlySpan<float> sorted, double[] shares, int most)
    {
        var distinct = new List<float>();
        var weights = new List<double>();
        for (int i = 0; i < sorted.Length; i++)
        {
            if (distinct.Count == 0 || sorted[i] != distinct[^1])
            {
                distinct.Add(sorted[i]);
                weights.Add(0);
            }

            weights[^1] += shares.Length == 0 ? 1 : shares[i];
        }

        var upper = new List<float>();
        double left = weights.Sum(), inside = 0;
        for (int i = 0; i + 1 < distinct.Count; i++)
        {
            inside += weights[i];
            int bins = most - upper.Count;
            double share = left / bins;
            bool isFull = distinct.Count <= most || inside >= share || inside + (weights[i + 1] / 2) > share;
            if (isFull && bins > 1)
            {
                upper.Add(Between(distinct[i], distinct[i + 1]));
                left -= inside;
                inside = 0;
            }
        }

        return [.. upper];
    }

    /// <summary>The middle of two numbers as a float from the lower to below the upper.</summary>
    private static float Between(float lower, float upper)
    {
        float middle = (float)(((double)lower + upper) / 2);
        return middle >= lower && middle < upper ? middle : lower;
    }
}
