namespace Credence.Losses;

/// <summary>A convex loss of one row's scores, summed over rows with weights that sum to one; a row may have weight 0.</summary>
/// <remarks>Scores and residuals are [rows, stride]; each row uses the first <see cref="Classes"/>, and the residuals' padding is
/// zero.</remarks>
internal interface IRowLoss<T>
{
    /// <summary>The number of scores per row.</summary>
    int Classes { get; }

    /// <summary>Whether the loss is invariant to a constant added to all scores of a row.</summary>
    bool IsShiftInvariant { get; }

    /// <summary>The weight of a row.</summary>
    double Weight(int row);

    /// <summary>The loss of the rows from, to (excluded) at the scores z + bias, and r = ∂loss/∂z.</summary>
    double LossAndResidual(int from, int to, T[] z, double[] bias, T[] r, int stride);

    /// <summary>The convex conjugate of the rows' loss, max over z of s·r·z − loss(z), at s times their residuals, 0 ≤ s ≤ 1.</summary>
    double Conjugate(int from, int to, T[] r, double s, int stride);

    /// <summary>
    /// The rows' ∂²loss/∂z² = diag(diagonal) − rank·rankᵀ, both [rows, stride], at the scores whose residual is r.
    /// </summary>
    void Curvature(int from, int to, T[] r, Span<T> diagonal, Span<T> rank, int stride);
}
