using Credence.Data;
using Credence.Data.Columns;

namespace Credence.Models;

/// <summary>Rejects infinite numbers and invalid weights, naming the row's place.</summary>
internal static class RowCheck
{
    /// <summary>Rejects training rows with an infinite number or an invalid weight.</summary>
    /// <exception cref="InvalidDataException">A number is infinite, or a weight is negative or not finite.</exception>
    public static void Learnable(DataSet rows)
    {
        Finite(rows.Features, rows.PlaceOf);
        Weights(rows.Weights, rows.PlaceOf);
    }

    /// <summary>Rejects infinite numbers; NaN is a missing value.</summary>
    /// <exception cref="InvalidDataException">A number is infinite.</exception>
    public static void Finite(Table features, Func<int, string> place)
    {
        foreach (NumberColumn column in features.Columns.OfType<NumberColumn>())
        {
            for (int row = 0; row < column.Count; row++)
            {
                if (double.IsInfinity(column.Values[row]))
                {
                    throw new InvalidDataException(
                        $"{place(row)}, column '{column.Name}': {column.Values[row]} is not finite; a number must be finite, or missing.");
                }
            }
        }
    }

    /// <summary>Rejects weights that are negative or not finite.</summary>
    /// <exception cref="InvalidDataException">A weight is invalid.</exception>
    public static void Weights(double[]? weights, Func<int, string> place)
    {
        int bad = weights is null ? -1 : Array.FindIndex(weights, weight => !(weight >= 0 && double.IsFinite(weight)));
        if (bad >= 0)
            throw new InvalidDataException($"{place(bad)}: the weight {weights![bad]} is not a finite number of at least 0.");
    }
}
