namespace Credence.Linear.Solvers;

/// <summary>
/// A symmetric matrix M near the curvature of the loss in W, with the bias at its best, for descent along one weight after another: it keeps M·D for a D that
/// changes in one weight at a time.
/// </summary>
internal interface IQuadraticModel
{
    /// <summary>Puts D to 0.</summary>
    void Clear();

    /// <summary>M's diagonal element of the weight of a column for a class.</summary>
    double Curvature(int column, int k);

    /// <summary>(M·D) of a weight.</summary>
    double Slope(int column, int k);

    /// <summary>D += step on one weight.</summary>
    void Move(int column, int k, double step);

    /// <summary>product = M·d, both [columns, stride].</summary>
    void Multiply(double[] d, double[] product);
}
