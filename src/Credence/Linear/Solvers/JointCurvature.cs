using System.Numerics;
using Credence.Features.Matrices;
using Credence.Numerics;

namespace Credence.Linear.Solvers;

/// <summary>
/// ½·Σ_i c_i ⊗ [x_i 1][x_i 1]ᵀ, a curvature of the loss in weights and bias, class by class: the mean of its Hessian and of the sum of the
/// rows' squared gradients (E. Berndt, B. Hall, R. Hall, J. Hausman, 1974), which are equal in expectation for calibrated probabilities.
/// </summary>
/// <remarks>
/// Far from the optimum the Hessian alone is misleading: a confidently wrong row has as little curvature as a confidently right one, and a
/// Newton step would
/// change its score by 1/p. With r = p − e_y, c = diag p − ppᵀ + rrᵀ is positive wherever there is a residual, so a step changes scores by
/// about 2 at
/// most. It equals Σ_k p_k·(e_k − e_y)(e_k − e_y)ᵀ, |r| on the diagonal and otherwise one row and one column: K products per row instead of
/// K².
/// </remarks>
internal static class JointCurvature
{
    private const int Block = 256;

    /// <summary>[classes·(columns + 1), classes·(columns + 1)] from about so many evenly spaced rows; its diagonal is at least that of all
    /// rows.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="features">X.</param>
    /// <param name="r">The residuals.</param>
    /// <param name="mostRows">The approximate number of rows to use.</param>
    public static double[] Compute<T>(LinearProblem<T> problem, IFeatureMatrix features, T[] r, int mostRows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int block = problem.Columns + 1, size = problem.Classes * block, step = Math.Max(1, problem.Rows / Math.Max(1, mostRows));
        (int Own, int[] Rows)[] parts =
        [
            .. Enumerable.Range(0, Chunks.Count(problem.Rows, step)).Select(i => i * step)
                .GroupBy(row => Own(problem, r, row)).OrderBy(rows => rows.Key)
                .SelectMany(rows => rows.Chunk(Block).Select(some => (rows.Key, some))),
        ];
        double[] sum = Sum(parts.Length, 4, (long)size * size, problem.Threads, () =>
        {
            var work = new Work<T>(problem.Classes, block, problem.Stride);
            return (part, share) => work.Add(features, parts[part].Own, parts[part].Rows, r, share);
        });
        Vectors.Scale(0.5 * step, sum.AsSpan());
        if (step == 1)
            return sum;

        // Columns that are rarely non-zero may be 0 in all sampled rows; the diagonal is computed from all rows.
        double[] own = Diagonal(problem, features, r);
        for (int e = 0; e < size; e++)
            sum[e * (size + 1L)] = Math.Max(sum[e * (size + 1L)], own[e] / 2);
        return sum;
    }

    /// <summary>Σ_i |r_ik|·x_ij², class by class.</summary>
    private static double[] Diagonal<T>(LinearProblem<T> problem, IFeatureMatrix features, T[] r)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int block = problem.Columns + 1, blocks = Chunks.Count(problem.Rows, Block);
        return Sum(blocks, 8, problem.Classes * block, problem.Threads, () =>
        {
            var row = new float[block];
            var squares = new double[block];
            return (part, share) =>
            {
                for (int i = part * Block; i < Math.Min(problem.Rows, (part + 1) * Block); i++)
                {
                    Expand(features, i, row);
                    for (int j = 0; j < block; j++)
                        squares[j] = (double)row[j] * row[j];
                    for (int k = 0; k < problem.Classes; k++)
                        Vectors.AddScaled(Math.Abs(double.CreateTruncating(r[i * problem.Stride + k])), squares,
                            share.AsSpan(k * block, block));
                }
            };
        });
    }

    /// <summary>Sums of parts in a fixed number of accumulators, which are added in order.</summary>
    private static double[] Sum(int parts, int most, long length, int maxThreads, Func<Action<int, double[]>> work)
    {
        var shares = new double[Math.Clamp(parts, 1, most)][];
        Chunks.For(shares.Length, maxThreads, share =>
        {
            shares[share] = new double[length];
            Action<int, double[]> add = work();
            for (int part = share; part < parts; part += shares.Length)
                add(part, shares[share]);
        });
        for (int share = 1; share < shares.Length; share++)
            Vectors.AddScaled(1.0, shares[share], shares[0].AsSpan());
        return shares[0];
    }

    /// <summary>The class of a row, the only one with a negative residual; −1 where classes are independent.</summary>
    private static int Own<T>(LinearProblem<T> problem, T[] r, int row)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!problem.IsShiftInvariant)
            return -1;

        int own = 0;
        ReadOnlySpan<T> residuals = r.AsSpan(row * problem.Stride, problem.Classes);
        for (int k = 1; k < residuals.Length; k++)
            own = residuals[k] < residuals[own] ? k : own;
        return own;
    }

    /// <summary>A row with a 1 appended.</summary>
    private static void Expand(IFeatureMatrix features, int row, Span<float> to)
    {
        if (features is SparseMatrix sparse)
        {
            to.Clear();
            for (int e = sparse.Starts[row]; e < sparse.Starts[row + 1]; e++)
                to[sparse.Indices[e]] = sparse.Values[e];
        }
        else
        {
            ((DenseMatrix)features).Row(row).CopyTo(to);
        }

        to[^1] = 1;
    }

    /// <summary>A buffer for a block of rows.</summary>
    private sealed class Work<T>(int classes, int block, int stride)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly float[] expanded = new float[block];
        private readonly double[] rows = new double[Block * block];
        private readonly double[] scaled = new double[Block * classes * block];
        private readonly double[] residuals = new double[classes];
        private readonly double[] products = new double[classes * block * block];

        /// <summary>Adds rows of one class.</summary>
        public void Add(IFeatureMatrix features, int own, int[] chosen, T[] r, double[] sum)
        {
            int size = classes * block;
            for (int i = 0; i < chosen.Length; i++)
            {
                Expand(features, chosen[i], expanded);
                for (int j = 0; j < block; j++)
                    rows[i * block + j] = expanded[j];

                // A row's residuals sum to 0 up to rounding, which would look like positive or negative curvature of the common shift.
                double others = 0;
                for (int k = 0; k < classes; k++)
                {
                    residuals[k] = Math.Abs(double.CreateTruncating(r[chosen[i] * stride + k]));
                    others += k == own ? 0 : residuals[k];
                }

                if (own >= 0)
                    residuals[own] = others;
                for (int k = 0; k < classes; k++)
                {
                    Span<double> target = scaled.AsSpan(i * size + k * block, block);
                    rows.AsSpan(i * block, block).CopyTo(target);
                    Vectors.Scale(residuals[k], target);
                }
            }

            MatrixProduct.MultiplyTransposedLeft(scaled.AsSpan(0, chosen.Length * size), rows.AsSpan(0, chosen.Length * block), products,
                size, chosen.Length, block);
            for (int k = 0; k < classes; k++)
            {
                for (int a = 0; a < block; a++)
                {
                    ReadOnlySpan<double> product = products.AsSpan((k * block + a) * block, block);
                    Vectors.AddScaled(1.0, product, sum.AsSpan((k * block + a) * size + k * block, block));
                    if (own >= 0 && k != own)
                    {
                        Vectors.AddScaled(-1.0, product, sum.AsSpan((k * block + a) * size + own * block, block));
                        Vectors.AddScaled(-1.0, product, sum.AsSpan((own * block + a) * size + k * block, block));
                    }
                }
            }
        }
    }
}
