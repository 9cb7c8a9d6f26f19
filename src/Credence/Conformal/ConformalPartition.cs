namespace Credence.Conformal;

/// <summary>The partition within which the coverage holds.</summary>
public enum ConformalPartition
{
    /// <summary>Over all rows together.</summary>
    None,

    /// <summary>Within every true class: one quantile per class, so that no class is undercovered in favour of another (Vovk 2012;
    /// Mondrian).</summary>
    Class,

    /// <summary>Within every group of rows, given by a column.</summary>
    Group,
}
