using Credence.Numerics;

namespace Credence.Training.Optimization;

/// <summary>A point of a <see cref="LinearProblem"/>, with its scores, residuals and objective kept in step.</summary>
internal sealed class SolverState
{
    /// <summary>Up to so many classes the bias's curvature is factored, K³/3 products.</summary>
    private const int MostExactBiases = 512;

    private readonly LinearProblem problem;
    private double[] trial;

    /// <summary>Starts at the given [W; b], which is owned from now on.</summary>
    public SolverState(LinearProblem problem, double[] theta)
    {
        this.problem = problem;
        Theta = theta;
        Scores = new double[problem.ScoresLength];
        Residuals = new double[problem.ScoresLength];
        trial = new double[problem.ScoresLength];
        Refresh();
    }

    /// <summary>[W; b].</summary>
    public double[] Theta { get; }

    /// <summary>Z = [X 1]·[W; b].</summary>
    public double[] Scores { get; private set; }

    /// <summary>∂loss/∂Z.</summary>
    public double[] Residuals { get; }

    /// <summary>Σ loss.</summary>
    public double Loss { get; private set; }

    /// <summary>J.</summary>
    public double Objective { get; private set; }

    /// <summary>Computes scores, residuals and objective anew from [W; b].</summary>
    public void Refresh()
    {
        problem.Scores(Theta, Scores);
        Loss = problem.LossAndResidual(Scores, Residuals);
        Objective = Loss + problem.Penalty(Theta);
    }

    /// <summary>
    /// Moves along s to where J has fallen enough and its slope has flattened (the strong Wolfe conditions with 1e-4 and 0.9), trying the full
    /// step first. Every trial is made on the scores, Z + t·ΔZ, and costs no pass over X.
    /// </summary>
    /// <param name="s">The direction, [W; b].</param>
    /// <param name="moved">ΔZ = [X 1]·s.</param>
    /// <param name="g">∇J here.</param>
    /// <returns>Whether J fell.</returns>
    public bool Move(double[] s, double[] moved, double[] g)
    {
        const int Trials = 40;
        double slope = Vectors.Dot(g, s, problem.Length, problem.Threads);
        if (!(slope < 0))
            return false;

        double cross = problem.L2 * Vectors.Dot(Theta, s, problem.WeightsLength, problem.Threads);
        double square = problem.L2 * Vectors.Dot(s, s, problem.WeightsLength, problem.Threads);
        double penalty = Objective - Loss;
        double low = 0, high = double.PositiveInfinity, lowSlope = slope, step = 1;

        // Below this a difference of J is rounding; then the slope alone, which is exact to more digits, decides.
        double noise = 1e-14 * Math.Abs(Objective);
        for (int n = 0; n < Trials; n++)
        {
            Array.Copy(Scores, trial, trial.Length);
            Vectors.AddScaled(step, moved, trial, trial.Length, problem.Threads);
            double loss = problem.LossAndResidual(trial, Residuals);
            double objective = loss + penalty + step * cross + step * step / 2 * square;
            double slopeHere = Vectors.Dot(Residuals, moved, trial.Length, problem.Threads) + cross + step * square;
            if (!(objective <= Objective + 1e-4 * step * slope + noise))
            {
                high = step;
                step = low + (high - low) * 0.5;
            }
            else if (Math.Abs(slopeHere) <= 0.9 * -slope)
            {
                bool fell = objective < Objective || slopeHere <= 0 || -slope * step <= noise;
                Accept(s, step, loss, objective);
                return fell;
            }
            else
            {
                if (slopeHere > 0)
                    high = step;
                else
                    (low, lowSlope) = (step, slopeHere);

                step = double.IsPositiveInfinity(high) ? step * 4 : (low + high) / 2;
            }
        }

        // Whatever is best so far is better than nothing: the lower end satisfied the decrease condition.
        Array.Copy(Scores, trial, trial.Length);
        Vectors.AddScaled(low, moved, trial, trial.Length, problem.Threads);
        double last = problem.LossAndResidual(trial, Residuals);
        Accept(s, low, last, last + penalty + low * cross + low * low / 2 * square);
        return low > 0;
    }

    private void Accept(double[] s, double step, double loss, double objective)
    {
        (Scores, trial) = (trial, Scores);
        Vectors.AddScaled(step, s, Theta, problem.Length, problem.Threads);
        Loss = loss;
        Objective = objective;
    }

    /// <summary>Minimises J over the bias alone, by Newton steps on the scores, until its gradient is rounding.</summary>
    public void SolveBias()
    {
        int stride = problem.Stride;
        double[] g = new double[stride], s = new double[stride];
        double[] direction = new double[problem.ScoresLength];
        double[] whole = new double[problem.Length], wholeGradient = new double[problem.Length];
        for (int n = 0; n < 30; n++)
        {
            Vectors.SumRows(Residuals, g);
            double largest = 0;
            foreach (double value in g)
                largest = Math.Max(largest, Math.Abs(value));
            if (largest <= 1e-14)
                return;

            BiasStep(g, s);
            problem.ForRows((_, from, to) =>
            {
                for (int i = from; i < to; i++)
                    s.CopyTo(direction, i * stride);
            });
            double before = Objective;
            s.CopyTo(whole, problem.WeightsLength);
            g.CopyTo(wholeGradient, problem.WeightsLength);
            if (!Move(whole, direction, wholeGradient) || before - Objective <= 0 && largest <= 1e-12)
                return;
        }
    }

    /// <summary>s = −H⁺·g, H the curvature of the bias alone: singular along equal shifts of all classes and where a class has no mass.</summary>
    private void BiasStep(double[] g, double[] s)
    {
        int stride = problem.Stride, classes = problem.Classes;
        if (classes > MostExactBiases)
        {
            IterativeBiasStep(g, s);
            return;
        }

        var h = new double[stride * stride];
        problem.SumCurvature(Residuals, h);
        double trace = 0;
        for (int k = 0; k < classes; k++)
            trace += h[k * stride + k];

        // A constant on every element lifts the equal shifts alone, which one column does not have; what pads, and a class without mass, stands alone.
        var lifted = new double[classes * classes];
        for (int k = 0; k < classes; k++)
        {
            for (int l = 0; l < classes; l++)
                lifted[k * classes + l] = h[k * stride + l] + (classes == 1 ? 0 : trace / ((double)classes * classes));
            lifted[k * classes + k] += Math.Max(1e-14 * trace, double.Epsilon);
        }

        Array.Clear(s);
        if (Cholesky.TryFactor(lifted, classes) is not { } factor)
        {
            IterativeBiasStep(g, s);
            return;
        }

        Vectors.AddScaled(-1, g.AsSpan(0, classes), s.AsSpan(0, classes));
        factor.Solve(s.AsSpan(0, classes));
        for (int k = 0; k < classes; k++)
            s[k] = h[k * stride + k] > 0 ? s[k] : 0;
    }

    private void IterativeBiasStep(double[] g, double[] s)
    {
        int stride = problem.Stride;
        double[] diagonal = new double[stride], direction = new double[problem.ScoresLength];
        problem.CurvatureDiagonal(Residuals, direction);
        Vectors.SumRows(direction, diagonal);
        new ConjugateGradient(stride, 1).Solve(g, Multiply, Precondition, s, 1e-6, 100);

        void Multiply(double[] v, double[] hv)
        {
            problem.ForRows((_, from, to) =>
            {
                for (int i = from; i < to; i++)
                    v.CopyTo(direction, i * stride);
            });
            problem.Curvature(Residuals, direction);
            Vectors.SumRows(direction, hv);
        }

        void Precondition(double[] from, double[] to)
        {
            for (int k = 0; k < stride; k++)
                to[k] = diagonal[k] > 0 ? from[k] / diagonal[k] : 0;
        }
    }
}
