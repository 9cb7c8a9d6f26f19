namespace Credence.Linear.Solvers;

/// <summary>A symmetric positive definite matrix M, [columns, columns], that approximates the Hessian of J in the weights of each
/// class.</summary>
internal interface IMetric<T>
{
    /// <summary>x ← M⁻¹·x, x [columns, stride].</summary>
    void Solve(T[] x, int stride, int maxThreads);
}
