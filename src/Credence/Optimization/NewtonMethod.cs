using Credence.Numerics;

namespace Credence.Optimization;

/// <summary>Minimises a convex loss by truncated Newton steps: conjugate gradients solve for the step, backtracking shortens it
/// (S. Nash, A survey of truncated-Newton methods, 2000).</summary>
internal static class NewtonMethod
{
    private const int MostSteps = 60, MostProducts = 120, MostHalvings = 40;

    /// <summary>Minimises the loss from a starting point.</summary>
    /// <param name="loss">What to minimise.</param>
    /// <param name="point">The starting point; on return the minimum.</param>
    /// <param name="enough">A loss at which to stop, for losses without a minimum.</param>
    /// <param name="tolerance">The solver stops after a step with a smaller expected decrease; that step is taken, and squares the
    /// remaining error.</param>
    /// <param name="cancellationToken">Checked before each step.</param>
    /// <returns>The final loss; its last linearisation is at the minimum or one such small step before it.</returns>
    public static double Minimize(
        IConvexLoss loss, double[] point, double enough = double.NegativeInfinity, double tolerance = 1e-7,
            CancellationToken cancellationToken = default)
    {
        int n = loss.Length;
        double[] gradient = new double[n], trialGradient = new double[n], step = new double[n], trial = new double[n];
        double value = loss.Linearize(point, gradient);
        for (int iteration = 0; iteration < MostSteps && value > enough; iteration++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double slope = SolveStep(loss, gradient, step);

            // Half the squared Newton decrement is the decrease for a quadratic loss. The last step squares the remaining error, without a
            // check.
            if (!(-slope / 2 > tolerance))
            {
                for (int i = 0; i < n && slope < 0; i++)
                    point[i] += step[i];

                break;
            }

            // The full step is nearly always taken, so its derivatives are computed along with its value.
            Along(1);
            double next = loss.Linearize(trial, trialGradient);
            bool fell = next <= value + (1e-4 * slope);
            if (!fell)
            {
                double length = 0.5;
                for (int halving = 0; halving < MostHalvings && !fell; halving++, length /= 2)
                {
                    Along(length);
                    fell = loss.Value(trial) <= value + (1e-4 * length * slope);
                }

                next = loss.Linearize(fell ? trial : point, trialGradient);
                if (!fell)
                    break;
            }

            trial.CopyTo(point, 0);
            value = next;
            (gradient, trialGradient) = (trialGradient, gradient);
        }

        return value;

        void Along(double length)
        {
            for (int i = 0; i < n; i++)
                trial[i] = point[i] + (length * step[i]);
        }
    }

    /// <summary>Solves H·step = −gradient inexactly; returns the slope along the step.</summary>
    private static double SolveStep(IConvexLoss loss, double[] gradient, double[] step)
    {
        int n = gradient.Length;
        double[] residual = new double[n], z = new double[n], direction = new double[n], product = new double[n];
        Array.Clear(step);
        for (int i = 0; i < n; i++)
            residual[i] = -gradient[i];

        loss.Precondition(residual, z);
        z.CopyTo(direction, 0);
        double rz = DoubleVectors.Dot(residual, z), first = rz;
        for (int k = 0; k < MostProducts && rz > 0; k++)
        {
            loss.HessianTimes(direction, product);
            double curvature = DoubleVectors.Dot(direction, product);
            if (!(curvature > 1e-300))
            {
                if (k == 0)
                    direction.CopyTo(step, 0);
                break;
            }

            double alpha = rz / curvature;
            Vectors.AddScaled<double>(alpha, direction, step);
            Vectors.AddScaled<double>(-alpha, product, residual);
            loss.Precondition(residual, z);
            double nextRz = DoubleVectors.Dot(residual, z);

            // A forcing term that tightens near the minimum: convergence is then quadratic.
            if (nextRz <= first * Math.Min(0.01, first))
                break;

            double ratio = nextRz / rz;
            rz = nextRz;
            for (int i = 0; i < n; i++)
                direction[i] = z[i] + (ratio * direction[i]);
        }

        return DoubleVectors.Dot(gradient, step);
    }
}
