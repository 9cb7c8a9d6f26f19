namespace Credence.Features.Columns;

/// <summary>(x − mean) / standard deviation; a missing value becomes 0, the mean.</summary>
/// <param name="Mean">The mean of the values present in training.</param>
/// <param name="Deviation">Their standard deviation (divided by n), above 0.</param>
internal readonly record struct Standardizer(double Mean, double Deviation)
{
    /// <summary>The mean and standard deviation of values, ignoring NaN: two passes in double, shifted by the first value so that a
    /// large offset costs no precision. Null where all values present are equal, or none is.</summary>
    /// <exception cref="InvalidDataException">A value is infinite.</exception>
    public static Standardizer? Fit(string column, ReadOnlySpan<double> values)
    {
        double sum = 0, shift = double.NaN;
        bool varies = false;
        int present = 0;
        for (int row = 0; row < values.Length; row++)
        {
            double value = values[row];
            if (double.IsNaN(value))
                continue;

            CheckFinite(column, row, value);
            if (present++ == 0)
                shift = value;

            varies |= value != shift;
            sum += value - shift;
        }

        if (!varies)
            return null;

        double mean = sum / present, squares = 0;
        foreach (double value in values)
        {
            if (!double.IsNaN(value))
            {
                double distance = value - shift - mean;
                squares += distance * distance;
            }
        }

        double deviation = Math.Sqrt(squares / present);
        return deviation > 0 && double.IsFinite(deviation) ? new Standardizer(shift + mean, deviation) : null;
    }

    /// <summary>The standardised value; 0 where missing.</summary>
    public float Apply(double value) => double.IsNaN(value) ? 0 : (float)((value - Mean) / Deviation);

    /// <summary>Throws for an infinite value.</summary>
    public static void CheckFinite(string column, int row, double value)
    {
        if (double.IsInfinity(value))
            throw new InvalidDataException(
                $"Column '{column}', row {row} (counted from 0), is {value}; a number must be finite, or missing.");
    }

    /// <summary>Checks a pair read from a model file.</summary>
    public static Standardizer Load(double mean, double deviation) => double.IsFinite(mean) && double.IsFinite(deviation) && deviation > 0
        ? new Standardizer(mean, deviation)
        : throw new InvalidDataException(
            $"The model's description has a mean of {mean} and a deviation of {deviation}; they must be finite, the latter above 0.");
}
