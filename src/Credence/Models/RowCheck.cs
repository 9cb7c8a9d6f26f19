using Credence.Data;
using Credence.Data.Columns;

namespace Credence.Models;

/// <summary>Refuses numbers and weights that nothing can be learnt from, naming the row's place.</summary>
internal static class RowCheck
{
    /// <summary>Refuses rows to learn from with an infinite number or an unfit weight.</summary>
    /// <exception cref="InvalidDataException">A number is infinite, or a weight is negative or not finite.</exception>
    public static void Learnable(DataSet rows)
    {
        Finite(rows.Features, rows.PlaceOf);
        Weights(rows.Weights, rows.PlaceOf);
    }

    /// <summary>Refuses an infinite number; NaN is a missing one.</summary>
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

    /// <summary>Refuses a weight that is negative or not finite.</summary>
    /// <exception cref="InvalidDataException">There is one.</exception>
    public static void Weights(double[]? weights, Func<int, string> place)
    {
        int bad = weights is null ? -1 : Array.FindIndex(weights, weight => !(weight >= 0 && double.IsFinite(weight)));
        if (bad >= 0)
            throw new InvalidDataException($"{place(bad)}: the weight {weights![bad]} is not a finite number of at least 0.");
    }
}
