namespace Credence.Training.Objectives;

/// <summary>A convex loss of one row's scores, summed over rows with weights that add up to one; a row may have weight 0.</summary>
/// <remarks>Scores and residuals are [rows, stride] with <see cref="Classes"/> of each row used, the residuals' rest zero.</remarks>
internal interface IRowLoss<T>
{
    /// <summary>Scores a row.</summary>
    int Classes { get; }

    /// <summary>Whether the same number added to all scores of a row changes nothing.</summary>
    bool IsShiftInvariant { get; }

    /// <summary>The weight of a row.</summary>
    double Weight(int row);

    /// <summary>The loss of the rows from, to (excluded) at the scores z + bias, and r = ∂loss/∂z.</summary>
    double LossAndResidual(int from, int to, T[] z, double[] bias, T[] r, int stride);

    /// <summary>h += Σ of the rows' ∂²loss/∂z², [stride, stride], at the scores whose residual is r.</summary>
    void AddCurvature(int from, int to, T[] r, Span<double> h, int stride);

    /// <summary>Σ of the rows' dᵀ·∂²loss/∂z²·d, at the scores whose residual is r.</summary>
    double CurvatureAlong(int from, int to, T[] r, T[] d, int stride);
}
