namespace Credence.Conformal;

/// <summary>Within what the coverage is to hold.</summary>
public enum ConformalPartition
{
    /// <summary>Over all rows together.</summary>
    None,

    /// <summary>Within every true class: one quantile per class, so that no class pays for another (Vovk 2012; Mondrian).</summary>
    Class,

    /// <summary>Within every group of rows, as a column names them.</summary>
    Group,
}
