namespace Credence.Training.Optimization;

/// <summary>Solves A·s = −g approximately, A symmetric and positive semidefinite, known by its products alone (M. Hestenes, E. Stiefel, 1952).</summary>
/// <param name="length">The length of the vectors.</param>
/// <param name="threads">The most threads to use.</param>
internal sealed class ConjugateGradient(int length, int threads)
{
    private readonly double[] residual = new double[length];
    private readonly double[] preconditioned = new double[length];
    private readonly double[] direction = new double[length];
    private readonly double[] product = new double[length];

    /// <summary>Solves from s = 0.</summary>
    /// <param name="g">The right side, negated.</param>
    /// <param name="multiply">product = A·v.</param>
    /// <param name="precondition">y = M⁻¹·x.</param>
    /// <param name="s">The solution.</param>
    /// <param name="tolerance">Stops when the preconditioned norm of the residual has fallen by this factor.</param>
    /// <param name="limit">Stops after so many products.</param>
    /// <returns>The products that were taken.</returns>
    public int Solve(
        double[] g, Action<double[], double[]> multiply, Action<double[], double[]> precondition, double[] s, double tolerance, int limit)
    {
        Array.Clear(s);
        Array.Clear(residual);
        Vectors.AddScaled(-1, g, residual, length, threads);
        precondition(residual, preconditioned);
        Array.Copy(preconditioned, direction, length);
        double rho = Vectors.Dot(residual, preconditioned, length, threads), goal = rho * tolerance * tolerance;
        int taken = 0;
        while (rho > goal && taken < limit)
        {
            multiply(direction, product);
            taken++;
            double curvature = Vectors.Dot(direction, product, length, threads);
            if (!(curvature > 0))
                break;

            double alpha = rho / curvature;
            Vectors.AddScaled(alpha, direction, s, length, threads);
            Vectors.AddScaled(-alpha, product, residual, length, threads);
            precondition(residual, preconditioned);
            double next = Vectors.Dot(residual, preconditioned, length, threads);
            Vectors.ScaleAdd(next / rho, direction, preconditioned, threads);
            rho = next;
        }

        return taken;
    }
}
