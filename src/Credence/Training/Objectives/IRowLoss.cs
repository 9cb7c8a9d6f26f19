namespace Credence.Training.Objectives;

/// <summary>A convex loss of one row's scores, summed over rows with weights that add up to one.</summary>
/// <remarks>Scores, residuals and directions are [rows, stride] with <see cref="Classes"/> of each row used, the rest zero.</remarks>
internal interface IRowLoss
{
    /// <summary>Scores a row.</summary>
    int Classes { get; }

    /// <summary>The loss of the rows from, to (excluded), and r = ∂loss/∂z.</summary>
    double LossAndResidual(int from, int to, double[] z, double[] r, int stride);

    /// <summary>v ← ∂²loss/∂z² · v, row by row, at the scores whose residual is r.</summary>
    void Curvature(int from, int to, double[] r, double[] v, int stride);

    /// <summary>c = the diagonal of ∂²loss/∂z², at the scores whose residual is r.</summary>
    void CurvatureDiagonal(int from, int to, double[] r, double[] c, int stride);

    /// <summary>h += Σ of the rows' ∂²loss/∂z², [stride, stride], at the scores whose residual is r.</summary>
    void AddCurvature(int from, int to, double[] r, Span<double> h, int stride);
}
