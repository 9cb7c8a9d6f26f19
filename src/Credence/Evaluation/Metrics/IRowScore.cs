namespace Credence.Evaluation.Metrics;

/// <summary>A score of a row by the probability of its label and a term that does not depend on the label, so that its sum over drawn
/// labels takes no second pass over the probabilities.</summary>
internal interface IRowScore
{
    /// <summary>The score of a row.</summary>
    /// <param name="p">The row's probabilities.</param>
    /// <param name="label">Its label.</param>
    /// <param name="squares">Σ_k p_k².</param>
    double Of(ReadOnlySpan<double> p, int label, double squares);

    /// <summary>The term of a row that does not depend on its label.</summary>
    /// <param name="p">The row's probabilities.</param>
    /// <param name="squares">Σ_k p_k².</param>
    double Term(ReadOnlySpan<double> p, double squares);

    /// <summary>Σ w·score over rows whose labels are drawn; rows of weight 0 take no part.</summary>
    /// <param name="weights">w.</param>
    /// <param name="terms">Each row's term.</param>
    /// <param name="chances">The probability of each row's drawn label.</param>
    /// <param name="logs">The logarithms of those.</param>
    double Sum(ReadOnlySpan<double> weights, ReadOnlySpan<double> terms, ReadOnlySpan<double> chances, ReadOnlySpan<double> logs);
}
