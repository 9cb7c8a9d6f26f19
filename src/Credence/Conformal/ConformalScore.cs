namespace Credence.Conformal;

/// <summary>The nonconformity score of a class in a row: larger means a worse fit. p is the row's probabilities, p₍ᵣ₎ the r-th largest,
/// r the class's rank from 1, and v = 1 − u with one uniform u a row (v = 1 where scores are not randomised). At rank 1 the score is 0
/// instead, unless <see cref="ConformalOptions.AllowEmptySets"/>.</summary>
public enum ConformalScore
{
    /// <summary>1 − p_y: the smallest sets on average (Sadinle, Lei and Wasserman 2019).</summary>
    Lac,

    /// <summary>p₍₁₎ + … + p₍ᵣ₋₁₎ + v·p₍ᵣ₎: sets that are larger for harder rows (Romano, Sesia and Candès 2020).</summary>
    Aps,

    /// <summary>APS plus λ·(r − k)₊, which keeps a long tail of classes out (Angelopoulos and others 2021).</summary>
    Raps,

    /// <summary>v·p₍₁₎ at rank 1, p₍₁₎ + w·(r − 2 + v) after: uses only the largest probability (Huang and others 2024).</summary>
    Saps,

    /// <summary>The largest probability of another class, less p_y (Löfström and others 2015).</summary>
    Margin,

    /// <summary>r − 1 + v: sets of nearly one size.</summary>
    TopK,
}
