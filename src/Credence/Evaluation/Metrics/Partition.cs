namespace Credence.Evaluation.Metrics;

/// <summary>Neighbouring rows, in the order of their confidence, put together into cells.</summary>
/// <param name="starts">Where each cell starts, and the end.</param>
internal sealed class Partition(int[] starts)
{
    public int Cells => starts.Length - 1;

    public int Start(int cell) => starts[cell];

    public int End(int cell) => starts[cell + 1];

    public int Count(int cell) => starts[cell + 1] - starts[cell];

    /// <summary>The sum over each cell of one value per row.</summary>
    public void Sum(ReadOnlySpan<double> values, Span<double> sums)
    {
        for (int cell = 0; cell < Cells; cell++)
        {
            double sum = 0;
            foreach (double value in values[starts[cell]..starts[cell + 1]])
                sum += value;
            sums[cell] = sum;
        }
    }

    /// <summary>A cell for each distinct value.</summary>
    /// <param name="values">Rising.</param>
    public static Partition Distinct(ReadOnlySpan<double> values)
    {
        var starts = new List<int>();
        for (int i = 0; i < values.Length; i++)
        {
            if (i == 0 || values[i] != values[i - 1])
                starts.Add(i);
        }

        starts.Add(values.Length);
        return new Partition([.. starts]);
    }

    /// <summary>Cells of equal width; there are as many as there are bins, some empty.</summary>
    public static Partition EqualWidth(SortedRows rows, EqualWidthBins bins)
    {
        var starts = new int[bins.Count + 1];
        int row = 0;
        for (int bin = 0; bin < bins.Count; bin++)
        {
            starts[bin] = row;
            while (row < rows.Count && bins.Of(rows.Confidence[row]) == bin)
                row++;
        }

        starts[^1] = rows.Count;
        return new Partition(starts);
    }

    /// <summary>At most <paramref name="bins"/> cells of equal weight that keep equal confidences together: a cell ends at the first
    /// distinct confidence at which the weight so far reaches k·n / bins for the next k.</summary>
    public static Partition EqualMass(SortedRows rows, int bins)
    {
        var starts = new List<int> { 0 };
        double reached = 0;
        int k = 1;
        for (int group = 0; group < rows.Groups.Cells; group++)
        {
            for (int row = rows.Groups.Start(group); row < rows.Groups.End(group); row++)
                reached += rows.Weights[row];

            // Scaled weights carry rounding; a threshold missed by it alone counts as reached.
            double parts = (reached * bins / rows.Count) + 1e-9;
            if (parts < k && group < rows.Groups.Cells - 1)
                continue;

            starts.Add(rows.Groups.End(group));
            k = (int)parts + 1;
        }

        return new Partition([.. starts]);
    }
}
