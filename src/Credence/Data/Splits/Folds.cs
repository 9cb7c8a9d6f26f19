namespace Credence.Data.Splits;

/// <summary>Assigns rows to folds for cross-validation: each fold has its share of every class, groups stay together, and rows
/// equal in all feature columns are always in one fold unless they are a population's.</summary>
public static class Folds
{
    /// <summary>The fold of each row, 0 to <paramref name="folds"/> − 1.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="folds">The number of folds, at least 2.</param>
    /// <param name="seed">Decides which rows go where.</param>
    /// <exception cref="ArgumentException">There are fewer than 2 folds.</exception>
    /// <exception cref="InvalidDataException">There are fewer units of rows than folds.</exception>
    public static int[] Stratified(DataSet data, int folds, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(data);
        return Stratified(data.Strata, RowUnits.Compute(data), folds, seed);
    }

    /// <summary>The same for rows given only by their labels and units.</summary>
    /// <param name="labels">The class of each row, or null where there are none.</param>
    /// <param name="units">Which rows stay together.</param>
    /// <param name="folds">The number of folds, at least 2.</param>
    /// <param name="seed">Decides which rows go where.</param>
    /// <exception cref="ArgumentException">There are fewer than 2 folds, or lengths differ.</exception>
    /// <exception cref="InvalidDataException">There are fewer units of rows than folds.</exception>
    public static int[] Stratified(Labels? labels, RowUnits units, int folds, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(units);
        int rows = units.Units.Length;
        if (folds < 2)
            throw new ArgumentException($"'{nameof(folds)}' is {folds}, must be at least 2.", nameof(folds));

        if (labels is not null && labels.Count != rows)
            throw new ArgumentException($"'{nameof(labels)}' has {labels.Count} rows, the units {rows}.", nameof(labels));

        if (units.Count < folds)
        {
            throw new InvalidDataException(
                $"{rows} rows make {units.Count} units that must stay together (equal rows, groups); {folds} folds need at least {folds}.");
        }

        var shares = new double[folds];
        Array.Fill(shares, 1.0 / folds);
        return labels is null
            ? Stratification.Assign(new int[rows], 1, units, shares, seed)
            : Stratification.Assign(labels.Indices, labels.Classes, units, shares, seed);
    }
}
