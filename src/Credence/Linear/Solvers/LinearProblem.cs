using System.Buffers;
using System.Numerics;
using Credence.Losses;
using Credence.Numerics;
using Credence.Optimization;

namespace Credence.Linear.Solvers;

/// <summary>J(W, b) = Σ_i loss_i(X·W + b) + λ₂/2·‖W‖² + λ₁·‖W‖₁, and the operations solvers need. The bias is not penalised.</summary>
internal sealed class LinearProblem<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly IRowProducts<T> x;
    private readonly IRowLoss<T> loss;
    private readonly int chunkRows;
    private readonly CancellationToken cancellationToken;
    private int products;

    public LinearProblem(IRowProducts<T> x, IRowLoss<T> loss, double l2, int maxThreads, CancellationToken cancellationToken, double l1 = 0)
    {
        this.x = x;
        this.loss = loss;
        this.cancellationToken = cancellationToken;
        Threads = maxThreads;
        Penalty = new(l2, l1);
        Stride = RowProducts.Stride(loss.Classes);
        WeightsLength = checked(x.Columns * Stride);
        ScoresLength = checked(x.Rows * Stride);
        chunkRows = Math.Max(16, (1 << 13) / Stride);
    }

    public int Rows => x.Rows;

    public int Columns => x.Columns;

    /// <summary>λ₂ and λ₁.</summary>
    public Penalty Penalty { get; }

    /// <summary>λ₂.</summary>
    public double L2 => Penalty.L2;

    /// <summary>The stride of a K-vector.</summary>
    public int Stride { get; }

    public int Classes => loss.Classes;

    /// <summary>Whether a common bias of all classes has no effect.</summary>
    public bool IsShiftInvariant => loss.IsShiftInvariant;

    /// <summary>The length of W.</summary>
    public int WeightsLength { get; }

    /// <summary>The length of Z.</summary>
    public int ScoresLength { get; }

    /// <summary>The maximum number of threads.</summary>
    public int Threads { get; }

    /// <summary>The number of passes so far, two products each.</summary>
    public int Passes => (products + 1) / 2;

    /// <summary>Z = X·W.</summary>
    public void Multiply(T[] w, T[] z)
    {
        products++;
        x.Multiply(w, z, Stride, Threads, cancellationToken);
    }

    /// <summary>G = Xᵀ·R.</summary>
    public void MultiplyTransposed(T[] r, T[] g)
    {
        products++;
        x.MultiplyTransposed(r, g, Stride, Threads, cancellationToken);
    }

    /// <summary>Σ loss at the scores Z + b, its residuals R, and ∂loss/∂b, their sum.</summary>
    public double LossAndResidual(T[] z, double[] bias, T[] r, double[] biasGradient)
    {
        var losses = new double[Chunks.Count(x.Rows, chunkRows)];
        var sums = new double[losses.Length * Stride];
        ForRows((chunk, from, to) =>
        {
            losses[chunk] = loss.LossAndResidual(from, to, z, bias, r, Stride);
            SumRows(r.AsSpan(from * Stride, (to - from) * Stride), sums.AsSpan(chunk * Stride, Stride));
        });
        AddUp(sums, biasGradient);
        return losses.Sum();
    }

    /// <summary>h = Σ of the rows' ∂²loss/∂z², [stride, stride], scaled up from about <paramref name="rows"/> of the rows, evenly
    /// spread.</summary>
    public void Curvature(T[] r, double[] h, int rows)
    {
        // A few rows from each region: rows of one class are often adjacent.
        const int Few = 8, Block = 512, Shares = 8;
        int step = Math.Max(1, x.Rows / Math.Max(rows, Few)), places = Chunks.Count(Chunks.Count(x.Rows, Few), step);
        var sums = new double[Math.Min(places, Shares)][];
        var weights = new double[sums.Length];
        Chunks.For(sums.Length, Threads, share =>
        {
            // Rented: new arrays of this size cost more than the computation.
            double[] sum = sums[share] = ArrayPool<double>.Shared.Rent(h.Length), masses = new double[Stride];
            T[] outer = ArrayPool<T>.Shared.Rent(h.Length), diagonal = ArrayPool<T>.Shared.Rent(Block * Stride),
                rank = ArrayPool<T>.Shared.Rent(Block * Stride);
            sum.AsSpan(0, h.Length).Clear();
            int filled = 0;
            for (int place = share; place < places; place += sums.Length)
            {
                int from = place * step * Few, to = Math.Min(x.Rows, from + Few), at = filled * Stride, length = (to - from) * Stride;
                loss.Curvature(from, to, r, diagonal.AsSpan(at, length), rank.AsSpan(at, length), Stride);
                for (int i = from; i < to; i++)
                    weights[share] += loss.Weight(i);
                filled += to - from;
                if (filled <= Block - Few && place + sums.Length < places)
                    continue;

                Array.Clear(masses);
                SumRows(diagonal.AsSpan(0, filled * Stride), masses);
                for (int k = 0; k < Stride; k++)
                    sum[k * (Stride + 1)] += masses[k];
                Products.MultiplyTransposedLeft<T>(rank.AsSpan(0, filled * Stride), rank.AsSpan(0, filled * Stride),
                    outer.AsSpan(0, h.Length), Stride, filled, Stride);
                for (int e = 0; e < h.Length; e++)
                    sum[e] -= double.CreateTruncating(outer[e]);
                filled = 0;
            }

            ArrayPool<T>.Shared.Return(outer);
            ArrayPool<T>.Shared.Return(diagonal);
            ArrayPool<T>.Shared.Return(rank);
        }, cancellationToken);
        Array.Clear(h);
        double weight = weights.Sum();
        foreach (double[] sum in sums)
        {
            Vectors.AddScaled(weight > 0 ? 1 / weight : 0, sum.AsSpan(0, h.Length), h.AsSpan());
            ArrayPool<double>.Shared.Return(sum);
        }
    }

    /// <summary>Σ of the rows' ∂²loss/∂z²·d: the change of ∂loss/∂b where the scores move by d.</summary>
    public double[] CurvatureTimes(T[] r, T[] d)
    {
        var sums = new double[Chunks.Count(x.Rows, chunkRows) * Stride];
        ForRows((chunk, from, to) => WithCurvature(from, to, r, (diagonal, rank) =>
        {
            Span<T> partial = stackalloc T[Math.Min(Stride, 1024)];
            if (Stride > partial.Length)
                partial = new T[Stride];
            partial.Clear();
            for (int i = from; i < to; i++)
            {
                ReadOnlySpan<T> direction = d.AsSpan(i * Stride, Stride), across = rank.Slice((i - from) * Stride, Stride);
                Vectors.AddProduct(diagonal.Slice((i - from) * Stride, Stride), direction, partial);
                Vectors.AddScaled(T.CreateTruncating(-Vectors.Dot(across, direction)), across, partial);
            }

            for (int k = 0; k < Stride; k++)
                sums[chunk * Stride + k] = double.CreateTruncating(partial[k]);
        }));
        var total = new double[Stride];
        AddUp(sums, total);
        return total;
    }

    /// <summary>The diagonal of <see cref="Curvature"/>, [stride].</summary>
    public double[] CurvatureDiagonal(T[] r, int rows)
    {
        int chunks = Chunks.Count(x.Rows, chunkRows), step = Math.Max(1, x.Rows / Math.Max(rows, chunkRows)),
            parts = Chunks.Count(chunks, step);
        var sums = new double[parts][];
        var weights = new double[parts];
        Chunks.For(parts, Threads, part =>
        {
            double[] sum = sums[part] = new double[Stride];
            int from = part * step * chunkRows, to = Math.Min(x.Rows, from + chunkRows);
            WithCurvature(from, to, r, (diagonal, rank) =>
            {
                for (int i = 0; i < diagonal.Length; i += Stride)
                {
                    for (int k = 0; k < Stride; k++)
                        sum[k] += double.CreateTruncating(diagonal[i + k]) - double.CreateTruncating(rank[i + k])
                            * double.CreateTruncating(rank[i + k]);
                }
            });
            for (int i = from; i < to; i++)
                weights[part] += loss.Weight(i);
        }, cancellationToken);
        var total = new double[Stride];
        double weight = weights.Sum();
        foreach (double[] sum in sums)
            Vectors.AddScaled(weight > 0 ? 1 / weight : 0, sum, total.AsSpan());
        return total;
    }

    /// <summary>Σ of the rows' dᵀ·∂²loss/∂z²·d.</summary>
    public double CurvatureAlong(T[] r, T[] d)
    {
        var sums = new double[Chunks.Count(x.Rows, chunkRows)];
        ForRows((chunk, from, to) => WithCurvature(from, to, r, (diagonal, rank) =>
        {
            for (int i = from; i < to; i++)
            {
                ReadOnlySpan<T> direction = d.AsSpan(i * Stride, Stride), masses = diagonal.Slice((i - from) * Stride, Stride);
                double square = 0, across = Vectors.Dot<T>(rank.Slice((i - from) * Stride, Stride), direction);
                for (int k = 0; k < Stride; k++)
                    square += double.CreateTruncating(masses[k]) * double.CreateTruncating(direction[k])
                        * double.CreateTruncating(direction[k]);
                sums[chunk] += Math.Max(0, square - across * across);
            }
        }));
        return sums.Sum();
    }

    /// <summary>The conjugate of the loss at s·R.</summary>
    public double Conjugate(T[] r, double s)
    {
        var sums = new double[Chunks.Count(x.Rows, chunkRows)];
        ForRows((chunk, from, to) => sums[chunk] = loss.Conjugate(from, to, r, s, Stride));
        return sums.Sum();
    }

    /// <summary>A use of the curvature of a range of rows.</summary>
    public delegate void CurvatureUse(ReadOnlySpan<T> diagonal, ReadOnlySpan<T> rank);

    /// <summary>Computes the rows' curvature and passes it on.</summary>
    public void WithCurvature(int from, int to, T[] r, CurvatureUse use)
    {
        int length = (to - from) * Stride;
        T[] diagonal = ArrayPool<T>.Shared.Rent(length), rank = ArrayPool<T>.Shared.Rent(length);
        loss.Curvature(from, to, r, diagonal.AsSpan(0, length), rank.AsSpan(0, length), Stride);
        use(diagonal.AsSpan(0, length), rank.AsSpan(0, length));
        ArrayPool<T>.Shared.Return(diagonal);
        ArrayPool<T>.Shared.Return(rank);
    }

    private void SumRows(ReadOnlySpan<T> rows, Span<double> sums)
    {
        Span<T> partial = stackalloc T[Math.Min(Stride, 1024)];
        if (Stride > partial.Length)
            partial = new T[Stride];
        partial.Clear();
        if (Stride == 1)
        {
            foreach (T value in rows)
                sums[0] += double.CreateTruncating(value);
            return;
        }

        for (int from = 0; from < rows.Length; from += Stride)
            Vectors.AddScaled(T.One, rows.Slice(from, Stride), partial);
        for (int k = 0; k < Stride; k++)
            sums[k] = double.CreateTruncating(partial[k]);
    }

    /// <summary>The chunks' sums, [chunks, stride], added in order.</summary>
    private void AddUp(double[] sums, double[] total)
    {
        Array.Clear(total);
        for (int from = 0; from < sums.Length; from += Stride)
            Vectors.AddScaled(1, sums.AsSpan(from, Stride), total.AsSpan());
    }

    /// <summary>Runs over chunks of rows whose size depends only on the shape.</summary>
    private void ForRows(Action<int, int, int> body) => Chunks.For(Chunks.Count(x.Rows, chunkRows), Threads, chunk =>
        body(chunk, chunk * chunkRows, Math.Min(x.Rows, (chunk + 1) * chunkRows)), cancellationToken);
}
