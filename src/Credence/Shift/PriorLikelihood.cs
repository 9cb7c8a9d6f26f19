using Credence.Data.Scores;
using Credence.Numerics;

namespace Credence.Shift;

/// <summary>The likelihood of a class prior q given calibrated probabilities under the source prior π:
/// L(q) = Σ_i ln Σ_k q_k·p_ik/π_k + Σ_k c·K·π_k·ln q_k, concave in q. The last term, the Dirichlet prior, is centred on π, so that rows
/// without a shift give an estimate without a shift. The maximum is
/// found by EM steps, extrapolated (SQUAREM; Varadhan and Roland 2008).</summary>
internal sealed class PriorLikelihood
{
    private const int ChunkRows = 1024;

    private readonly Probabilities target;
    private readonly double[] inversePrior;
    private readonly double[] pseudoRows;
    private readonly int maxThreads;

    public PriorLikelihood(Probabilities target, double[] sourcePrior, double pseudoRows, int maxThreads)
    {
        this.target = target;
        this.pseudoRows = [.. sourcePrior.Select(share => pseudoRows * sourcePrior.Length * share)];
        this.maxThreads = maxThreads;
        inversePrior = [.. sourcePrior.Select(share => share > 0 ? 1 / share : 0)];
    }

    /// <summary>Iterates from a prior to the maximum.</summary>
    public (double[] Prior, int Iterations, bool Converged) Maximise(double[] start, double tolerance, int maxIterations)
    {
        double[] prior = start;
        int iterations = 0;
        while (iterations < maxIterations)
        {
            (double[] first, double before) = Step(prior);
            (double[] second, _) = Step(first);
            iterations += 2;
            if (Distance(first, second) <= tolerance)
                return (second, iterations, true);

            double[] leap = Extrapolate(prior, first, second);
            (double[] landed, double after) = Step(leap);
            iterations++;
            prior = after >= before ? landed : second;
        }

        return (prior, iterations, false);
    }

    /// <summary>One EM step, and the objective at the prior it starts from.</summary>
    public (double[] Next, double Objective) Step(double[] prior)
    {
        int classes = prior.Length;
        int chunks = (target.Rows + ChunkRows - 1) / ChunkRows;
        var sums = new double[chunks][];
        Chunks.For(chunks, maxThreads, chunk =>
        {
            // The last entry gathers the log likelihood.
            var sum = new double[classes + 1];
            var weight = new double[classes];
            for (int k = 0; k < classes; k++)
                weight[k] = prior[k] * inversePrior[k];

            for (int row = chunk * ChunkRows; row < Math.Min(target.Rows, (chunk + 1) * ChunkRows); row++)
            {
                ReadOnlySpan<double> p = target.Row(row);
                double total = 0;
                for (int k = 0; k < p.Length; k++)
                    total += p[k] * weight[k];

                if (!(total > 0))
                    continue;

                double scale = 1 / total;
                for (int k = 0; k < p.Length; k++)
                    sum[k] += p[k] * weight[k] * scale;

                sum[classes] += Log.Compute(total);
            }

            sums[chunk] = sum;
        });

        var next = new double[classes];
        double objective = 0;
        foreach (double[] sum in sums)
        {
            for (int k = 0; k < classes; k++)
                next[k] += sum[k];

            objective += sum[classes];
        }

        double all = 0;
        for (int k = 0; k < classes; k++)
        {
            // A class without source rows has no likelihood and keeps share 0.
            if (inversePrior[k] == 0)
                continue;

            next[k] += pseudoRows[k];
            all += next[k];
            if (pseudoRows[k] > 0)
                objective += pseudoRows[k] * Log.Compute(prior[k]);
        }

        for (int k = 0; k < classes; k++)
            next[k] /= all;

        return (next, objective);
    }

    /// <summary>The curvature −∂²L/∂q_k∂q_l = Σ_i r_ik·r_il/s_i², r = p/π, s = Σ q·r, plus c·K·π_k/q_k² on the diagonal. For many rows an
    /// evenly spaced sample stands for all.</summary>
    public double[] Information(double[] prior, long maxProducts)
    {
        int classes = prior.Length;
        int stride = (int)Math.Max(1, ((long)target.Rows * classes * classes / maxProducts) + 1);
        int rows = (target.Rows + stride - 1) / stride;
        var scaled = new double[rows * classes];
        for (int i = 0; i < rows; i++)
        {
            ReadOnlySpan<double> p = target.Row(i * stride);
            double total = 0;
            for (int k = 0; k < classes; k++)
                total += p[k] * prior[k] * inversePrior[k];

            for (int k = 0; k < classes && total > 0; k++)
                scaled[(i * classes) + k] = p[k] * inversePrior[k] / total;
        }

        var information = new double[classes * classes];
        MatrixProduct.MultiplyTransposedLeft(scaled, scaled, information, classes, rows, classes, maxThreads);
        double factor = (double)target.Rows / rows;
        for (int i = 0; i < information.Length; i++)
            information[i] *= factor;

        for (int k = 0; k < classes; k++)
            information[(k * classes) + k] += prior[k] > 0 ? pseudoRows[k] / (prior[k] * prior[k]) : 1;

        return information;
    }

    private static double[] Extrapolate(double[] start, double[] first, double[] second)
    {
        double r2 = 0;
        double v2 = 0;
        for (int k = 0; k < start.Length; k++)
        {
            double r = first[k] - start[k];
            double v = second[k] - first[k] - r;
            r2 += r * r;
            v2 += v * v;
        }

        double step = v2 > 0 ? Math.Sqrt(r2 / v2) : 1;
        if (step <= 1)
            return second;

        var leap = new double[start.Length];
        double sum = 0;
        for (int k = 0; k < leap.Length; k++)
        {
            double r = first[k] - start[k];
            double v = second[k] - first[k] - r;

            // Never past the simplex's edge: a share of exactly 0 would stay 0.
            leap[k] = Math.Max(start[k] + (2 * step * r) + (step * step * v), second[k] * 0.01);
            sum += leap[k];
        }

        for (int k = 0; k < leap.Length; k++)
            leap[k] /= sum;

        return leap;
    }

    private static double Distance(double[] a, double[] b)
    {
        double largest = 0;
        for (int k = 0; k < a.Length; k++)
            largest = Math.Max(largest, Math.Abs(a[k] - b[k]));

        return largest;
    }
}
