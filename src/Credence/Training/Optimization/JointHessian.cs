using System.Numerics;
using Credence.Features;
using Credence.Numerics;

namespace Credence.Training.Optimization;

/// <summary>Σ_i curvature_i ⊗ [x_i 1][x_i 1]ᵀ: the Hessian of the loss in weights and bias, class by class.</summary>
internal static class JointHessian
{
    private const int Block = 64;

    /// <summary>[classes·(columns + 1), classes·(columns + 1)] from about so many rows, evenly spread; its diagonal is that of all rows where more.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="features">X.</param>
    /// <param name="r">The residuals.</param>
    /// <param name="mostRows">About how many rows to look at.</param>
    public static double[] Compute<T>(LinearProblem<T> problem, IFeatureMatrix features, T[] r, int mostRows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int block = problem.Columns + 1, size = problem.Classes * block;
        int blocks = Chunks.Count(problem.Rows, Block), step = Math.Max(1, problem.Rows / Math.Max(Block, mostRows)), parts = Chunks.Count(blocks, step);
        var sums = new double[Math.Clamp(parts, 1, 4)][];
        Chunks.For(sums.Length, problem.Threads, share =>
        {
            sums[share] = new double[(long)size * size];
            var work = new Work<T>(problem.Classes, block, problem.Stride);
            for (int part = share; part < parts; part += sums.Length)
            {
                int from = part * step * Block, to = Math.Min(problem.Rows, from + Block);
                problem.WithCurvature(from, to, r, (diagonal, rank) => work.Add(features, from, to, diagonal, rank, sums[share]));
            }
        });
        for (int share = 1; share < sums.Length; share++)
            Vectors.AddScaled(1.0, sums[share], sums[0].AsSpan());
        if (step > 1)
            CorrectDiagonal(problem, features, r, step, sums[0]);
        return sums[0];
    }

    // Columns that are rarely other than 0 may be missing from the rows looked at; their own curvature is known from all.
    private static void CorrectDiagonal<T>(LinearProblem<T> problem, IFeatureMatrix features, T[] r, int step, double[] hessian)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int block = problem.Columns + 1, classes = problem.Classes, stride = problem.Stride, size = classes * block;
        Vectors.Scale(step, hessian.AsSpan());
        int blocks = Chunks.Count(problem.Rows, Block);
        var shares = new double[Math.Clamp(blocks, 1, 8)][];
        Chunks.For(shares.Length, problem.Threads, share =>
        {
            shares[share] = new double[size];
            var row = new float[block];
            var squares = new double[block];
            for (int part = share; part < blocks; part += shares.Length)
            {
                int from = part * Block, to = Math.Min(problem.Rows, from + Block);
                problem.WithCurvature(from, to, r, (diagonal, rank) =>
                {
                    for (int i = 0; i < to - from; i++)
                    {
                        Expand(features, from + i, row);
                        for (int j = 0; j < block; j++)
                            squares[j] = (double)row[j] * row[j];
                        AddSquares(squares, diagonal.Slice(i * stride, classes), rank.Slice(i * stride, classes), shares[share]);
                    }
                });
            }
        });
        double[] diagonals = shares[0];
        for (int share = 1; share < shares.Length; share++)
            Vectors.AddScaled(1.0, shares[share], diagonals.AsSpan());

        for (int e = 0; e < size; e++)
        {
            ref double own = ref hessian[(long)e * size + e];
            own = Math.Max(own, diagonals[e]);
        }
    }

    /// <summary>Adds a row's squares to each class's diagonal, times the class's own curvature.</summary>
    private static void AddSquares<T>(double[] squares, ReadOnlySpan<T> diagonal, ReadOnlySpan<T> rank, double[] sum)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int k = 0; k < diagonal.Length; k++)
        {
            double mass = double.CreateTruncating(diagonal[k]), scaled = double.CreateTruncating(rank[k]);
            Vectors.AddScaled(Math.Max(0, mass - scaled * scaled), squares, sum.AsSpan(k * squares.Length, squares.Length));
        }
    }

    /// <summary>A row and a 1 behind it.</summary>
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

    /// <summary>Room for a block of rows.</summary>
    private sealed class Work<T>(int classes, int block, int stride)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly float[] expanded = new float[block];
        private readonly T[] rows = new T[Block * block];
        private readonly T[] scaled = new T[Block * block];
        private readonly T[] square = new T[block * block];
        private readonly T[] across = new T[Block * classes * block];
        private readonly T[] outer = new T[(long)classes * block * classes * block];

        public void Add(IFeatureMatrix features, int from, int to, ReadOnlySpan<T> diagonal, ReadOnlySpan<T> rank, double[] sum)
        {
            int count = to - from, size = classes * block;
            for (int i = 0; i < count; i++)
            {
                Expand(features, from + i, expanded);
                for (int j = 0; j < block; j++)
                    rows[i * block + j] = T.CreateTruncating(expanded[j]);
                for (int k = 0; k < classes; k++)
                {
                    Span<T> target = across.AsSpan(i * size + k * block, block);
                    rows.AsSpan(i * block, block).CopyTo(target);
                    Vectors.Scale(rank[i * stride + k], target);
                }
            }

            for (int k = 0; k < classes; k++)
            {
                rows.AsSpan(0, count * block).CopyTo(scaled);
                for (int i = 0; i < count; i++)
                    Vectors.Scale(diagonal[i * stride + k], scaled.AsSpan(i * block, block));
                Products.MultiplyTransposedLeft<T>(scaled.AsSpan(0, count * block), rows.AsSpan(0, count * block), square, block, count, block);
                for (int a = 0; a < block; a++)
                {
                    for (int b = 0; b < block; b++)
                        sum[(long)(k * block + a) * size + k * block + b] += double.CreateTruncating(square[a * block + b]);
                }
            }

            // Columns of scores that have no part in each other have nothing to take.
            if (!rank.ContainsAnyExcept(T.Zero))
                return;

            Products.MultiplyTransposedLeft<T>(across.AsSpan(0, count * size), across.AsSpan(0, count * size), outer, size, count, size);
            for (int e = 0; e < sum.Length; e++)
                sum[e] -= double.CreateTruncating(outer[e]);
        }
    }
}
