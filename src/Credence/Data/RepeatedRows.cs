namespace Credence.Data;

/// <summary>What rows equal in all feature columns are taken for.</summary>
public enum RepeatedRows
{
    /// <summary>Not known: training decides from the data. A split that nobody has decided for takes equal rows for copies.</summary>
    Auto,

    /// <summary>Copies of one case: they stay together in every split, since a model would be tested on what it was trained on.</summary>
    Copies,

    /// <summary>Different cases of a population with few distinct rows: each is split on its own, as new rows will repeat old ones
    /// too.</summary>
    Population,
}
