namespace Credence.Data;

/// <summary>Row weights: their validation and their effective sample size.</summary>
internal static class RowWeights
{
    /// <summary>Checks that there is one weight per row, each finite and not negative, and not all 0.</summary>
    /// <returns>Their sum.</returns>
    /// <exception cref="ArgumentException">A weight is invalid; the message names the row.</exception>
    public static double Check(ReadOnlySpan<double> weights, int rows)
    {
        if (weights.Length != rows)
        {
            throw new ArgumentException(
                $"There are {rows} rows and {weights.Length} weights; there must be as many, or none.", nameof(weights));
        }

        double sum = 0;
        for (int row = 0; row < rows; row++)
        {
            if (!(weights[row] >= 0) || double.IsInfinity(weights[row]))
                throw new ArgumentException($"Row {row} has weight {weights[row]}; a weight must be a number from 0 up.", nameof(weights));

            sum += weights[row];
        }

        if (!(sum > 0) || double.IsInfinity(sum))
            throw new ArgumentException($"The weights sum to {sum}; the sum must be above 0 and finite.", nameof(weights));

        return sum;
    }

    /// <summary>The effective sample size, (Σw)² / Σw²: the number of equally weighted rows whose mean has the same variance (L. Kish,
    /// Survey Sampling, 1965).</summary>
    /// <param name="sum">Σw.</param>
    /// <param name="squares">Σw²; where it is 0 the size is 0.</param>
    public static double EffectiveSize(double sum, double squares) => squares > 0 ? sum * sum / squares : 0;

    /// <summary>The effective sample size of rows with these weights.</summary>
    public static double EffectiveSize(ReadOnlySpan<double> weights)
    {
        double sum = 0, squares = 0;
        foreach (double weight in weights)
        {
            sum += weight;
            squares += weight * weight;
        }

        return EffectiveSize(sum, squares);
    }
}
