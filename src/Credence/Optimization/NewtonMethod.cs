using Credence.Numerics;

namespace Credence.Optimization;

/// <summary>Minimises a convex loss by Newton steps that conjugate gradients solve for, shortened until the loss falls enough
/// (S. Nash, A survey of truncated-Newton methods, 2000).</summary>
internal static class NewtonMethod
{
    private const int MostSteps = 60, MostProducts = 120, MostHalvings = 40;

    /// <summary>Moves a point to the minimum.</summary>
    /// <param name="loss">What to minimise.</param>
    /// <param name="point">Where to begin; on return the minimum.</param>
    /// <param name="enough">A loss at which to stop, for losses that fall for ever.</param>
    /// <param name="tolerance">The expected gain of a step after which to stop; that step is taken, and squares what is left.</param>
    /// <param name="cancellationToken">Looked at before each step.</param>
    /// <returns>The loss reached; the loss was linearised last at the minimum or a step so small before it.</returns>
    public static double Minimize(
        IConvexLoss loss, double[] point, double enough = double.NegativeInfinity, double tolerance = 1e-7, CancellationToken cancellationToken = default)
    {
        int n = loss.Length;
        double[] gradient = new double[n], trialGradient = new double[n], step = new double[n], trial = new double[n];
        double value = loss.Linearize(point, gradient);
        for (int iteration = 0; iteration < MostSteps && value > enough; iteration++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double slope = SolveStep(loss, gradient, step);

            // Half the Newton decrement is what the step would gain were the loss quadratic. The last step squares what is left, unseen.
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

    /// <summary>Solves H·step = −gradient as far as it pays; returns the slope along the step.</summary>
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

            // Tighter as the minimum nears: the steps then square the distance to it.
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
