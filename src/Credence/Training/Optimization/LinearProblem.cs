using Credence.Numerics;
using Credence.Training.Objectives;

namespace Credence.Training.Optimization;

/// <summary>J(W, b) = Σ_i loss_i([X 1]·[W; b]) + λ/2·‖W‖², and what solvers ask of it. The bias is not penalised.</summary>
internal sealed class LinearProblem
{
    private readonly IRowProducts x;
    private readonly IRowLoss loss;
    private readonly int chunkRows;
    private readonly int threads;
    private readonly CancellationToken cancellation;
    private int products;

    public LinearProblem(IRowProducts x, IRowLoss loss, double l2, int threads, CancellationToken cancellation)
    {
        this.x = x;
        this.loss = loss;
        this.threads = threads;
        this.cancellation = cancellation;
        L2 = l2;
        Stride = RowProducts.Stride(loss.Classes);
        WeightsLength = checked(x.Columns * Stride);
        Length = checked(WeightsLength + Stride);
        ScoresLength = checked(x.Rows * Stride);
        chunkRows = Math.Max(16, (1 << 14) / Stride);
    }

    /// <summary>λ.</summary>
    public double L2 { get; }

    /// <summary>Doubles a K-vector takes.</summary>
    public int Stride { get; }

    /// <summary>Classes.</summary>
    public int Classes => loss.Classes;

    /// <summary>Doubles of [W; b].</summary>
    public int Length { get; }

    /// <summary>Doubles of W alone, which come first.</summary>
    public int WeightsLength { get; }

    /// <summary>Doubles of Z.</summary>
    public int ScoresLength { get; }

    /// <summary>The most threads to use.</summary>
    public int Threads => threads;

    /// <summary>Passes so far, two products each.</summary>
    public int Passes => (products + 1) / 2;

    /// <summary>Z = [X 1]·[W; b].</summary>
    public void Scores(double[] theta, double[] z)
    {
        products++;
        x.Multiply(theta, z, Stride, threads, cancellation);
    }

    /// <summary>Σ loss at the scores Z, and its residuals R.</summary>
    public double LossAndResidual(double[] z, double[] r)
    {
        var sums = new double[(x.Rows + chunkRows - 1) / chunkRows];
        ForRows((chunk, from, to) => sums[chunk] = loss.LossAndResidual(from, to, z, r, Stride));
        double total = 0;
        foreach (double sum in sums)
            total += sum;

        return total;
    }

    /// <summary>λ/2·‖W‖².</summary>
    public double Penalty(double[] theta) => L2 == 0 ? 0 : L2 / 2 * Vectors.Dot(theta, theta, WeightsLength, threads);

    /// <summary>G = [X 1]ᵀR + λ[W; 0].</summary>
    public void Gradient(double[] theta, double[] r, double[] g)
    {
        products++;
        x.MultiplyTransposed(r, g, Stride, threads, cancellation);
        Vectors.AddScaled(L2, theta, g, WeightsLength, threads);
    }

    /// <summary>hv = ∇²J·v at the scores whose residual is R.</summary>
    /// <param name="r">The residuals.</param>
    /// <param name="v">The direction, [W; b].</param>
    /// <param name="z">Room for scores.</param>
    /// <param name="hv">The result.</param>
    public void HessianProduct(double[] r, double[] v, double[] z, double[] hv)
    {
        products += 2;
        x.MultiplyThrough(v, z, (from, to) => loss.Curvature(from, to, r, z, Stride), hv, Stride, threads, cancellation);
        Vectors.AddScaled(L2, v, hv, WeightsLength, threads);
    }

    /// <summary>h = the diagonal of ∇²J.</summary>
    public void HessianDiagonal(double[] r, double[] z, double[] h)
    {
        products++;
        ForRows((_, from, to) => loss.CurvatureDiagonal(from, to, r, z, Stride));
        x.MultiplyTransposedSquares(z, h, Stride, threads, cancellation);
        for (int i = 0; i < WeightsLength; i++)
            h[i] += L2;
    }

    /// <summary>v ← ∂²loss/∂z²·v for every row.</summary>
    public void Curvature(double[] r, double[] v) => ForRows((_, from, to) => loss.Curvature(from, to, r, v, Stride));

    /// <summary>c = the diagonal of ∂²loss/∂z² for every row.</summary>
    public void CurvatureDiagonal(double[] r, double[] c) => ForRows((_, from, to) => loss.CurvatureDiagonal(from, to, r, c, Stride));

    /// <summary>h = Σ of the rows' ∂²loss/∂z², [stride, stride].</summary>
    public void SumCurvature(double[] r, double[] h)
    {
        // So few parts that their sums are small beside the scores.
        int parts = Math.Clamp(x.Rows / (4 * Stride), 1, 32), partRows = (x.Rows + parts - 1) / parts;
        var sums = new double[parts][];
        Chunks.For(parts, threads, part =>
        {
            sums[part] = new double[h.Length];
            loss.AddCurvature(Math.Min(x.Rows, part * partRows), Math.Min(x.Rows, (part + 1) * partRows), r, sums[part], Stride);
        }, cancellation);
        Array.Clear(h);
        foreach (double[] sum in sums)
            Vectors.Add(sum, h);
    }

    /// <summary>Runs over chunks of rows whose size depends on the shape alone.</summary>
    public void ForRows(Action<int, int, int> body) => Chunks.For((x.Rows + chunkRows - 1) / chunkRows, threads, chunk =>
        body(chunk, chunk * chunkRows, Math.Min(x.Rows, (chunk + 1) * chunkRows)), cancellation);
}
