namespace Credence.Linear.Solvers;

/// <summary>
/// A symmetric approximation M of the Hessian of the loss in W, at the optimal bias, for coordinate descent: it maintains M·D for a D that
/// changes in one weight at a time.
/// </summary>
internal interface IQuadraticModel
{
    /// <summary>Sets D to 0.</summary>
    void Clear();

    /// <summary>The diagonal element of M for the weight of a column and a class.</summary>
    double Curvature(int column, int k);

    /// <summary>(M·D) of a weight.</summary>
    double Slope(int column, int k);

    /// <summary>D += step on one weight.</summary>
    void Move(int column, int k, double step);

    /// <summary>product = M·d, both [columns, stride].</summary>
    void Multiply(double[] d, double[] product);
}
