using System.Buffers;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Numerics;

namespace Credence.Evaluation.Metrics;

/// <summary>The pairs within one block of rows: their part of the kernel calibration error, for the true labels and for drawn
/// ones.</summary>
internal sealed class KernelBlock
{
    private KernelBlock(int draws) => Drawn = new double[draws];

    /// <summary>Pairs.</summary>
    public double Pairs { get; private init; }

    /// <summary>The sum over pairs.</summary>
    public double Sum { get; private set; }

    /// <summary>The sum of squares over pairs.</summary>
    public double Squares { get; private set; }

    /// <summary>The sum over rows of the mean of their pairs.</summary>
    public double RowMeans { get; private set; }

    /// <summary>The sum of its squares.</summary>
    public double RowMeanSquares { get; private set; }

    /// <summary>The sum over pairs of each draw of labels.</summary>
    public double[] Drawn { get; }

    /// <summary>Computes.</summary>
    /// <param name="probabilities">All rows.</param>
    /// <param name="labels">Their labels.</param>
    /// <param name="rows">The block's rows.</param>
    /// <param name="width">γ.</param>
    /// <param name="draws">How often labels are drawn.</param>
    /// <param name="rng">The parent of each row's own numbers.</param>
    public static KernelBlock Compute(Probabilities probabilities, Labels labels, ReadOnlySpan<int> rows, double width, int draws, Rng rng)
    {
        int size = rows.Length, classes = probabilities.Classes;
        double[] p = ArrayPool<double>.Shared.Rent(size * classes), smoothed = ArrayPool<double>.Shared.Rent(size * classes);
        for (int i = 0; i < size; i++)
            probabilities.Row(rows[i]).CopyTo(p.AsSpan(i * classes));

        var products = new double[size * size];
        ReadOnlySpan<double> own = p.AsSpan(0, size * classes);
        MatrixProduct.MultiplyTransposedRight(own, own, products, size, classes, size);
        double[] kernel = Kernel(products, size, width);
        MatrixProduct.Multiply(kernel, own, smoothed.AsSpan(0, size * classes), size, size, classes);

        var block = new KernelBlock(draws) { Pairs = size * (size - 1.0) / 2 };
        var truth = new int[size];
        for (int i = 0; i < size; i++)
            truth[i] = labels[rows[i]];

        block.Measure(p, products, kernel, truth, classes);
        block.Draw(p, products, kernel, smoothed, rows, classes, rng);
        ArrayPool<double>.Shared.Return(p);
        ArrayPool<double>.Shared.Return(smoothed);
        return block;
    }

    /// <summary>exp(−‖p_i − p_j‖ / γ), 0 on the diagonal: a row is no pair with itself.</summary>
    private static double[] Kernel(double[] products, int size, double width)
    {
        var kernel = new double[size * size];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
                kernel[(i * size) + j] =
                    -Math.Sqrt(Math.Max(0, products[(i * size) + i] + products[(j * size) + j] - (2 * products[(i * size) + j]))) / width;
        }

        Exp.Apply(kernel, kernel);
        for (int i = 0; i < size; i++)
            kernel[(i * size) + i] = 0;
        return kernel;
    }

    private void Measure(double[] p, double[] products, double[] kernel, int[] truth, int classes)
    {
        int size = truth.Length;
        for (int i = 0; i < size; i++)
        {
            double row = 0;
            for (int j = 0; j < size; j++)
            {
                double h = kernel[(i * size) + j]
                    * ((truth[i] == truth[j] ? 1 : 0) - p[(j * classes) + truth[i]] - p[(i * classes) + truth[j]]
                    + products[(i * size) + j]);
                row += h;
                if (j > i)
                {
                    Sum += h;
                    Squares += h * h;
                }
            }

            double mean = size > 1 ? row / (size - 1) : 0;
            RowMeans += mean;
            RowMeanSquares += mean * mean;
        }
    }

    /// <summary>Σ_{i&lt;j} k (e_y − p)·(e_y′ − p′) = Σ_{i&lt;j} k [y = y′] − Σ_i (Σ_j k p′)[y] + Σ_{i&lt;j} k p·p′, so that a draw costs
    /// comparisons only.</summary>
    private void Draw(double[] p, double[] products, double[] kernel, double[] smoothed, ReadOnlySpan<int> rows, int classes, Rng rng)
    {
        int size = rows.Length, draws = Drawn.Length;
        if (draws == 0)
            return;

        double constant = 0;
        for (int i = 0; i < size; i++)
        {
            for (int j = i + 1; j < size; j++)
                constant += kernel[(i * size) + j] * products[(i * size) + j];
        }

        // Whole registers of draws.
        int width = Chunks.Count(draws, 8) * 8;
        var labels = new double[size * width];
        var drawn = new int[draws];
        var drawing = new LabelDraws(classes);
        Array.Fill(Drawn, constant);
        for (int i = 0; i < size; i++)
        {
            drawing.Draw(p.AsSpan(i * classes, classes), rng.Split((ulong)rows[i]), drawn, []);
            for (int draw = 0; draw < draws; draw++)
            {
                labels[(i * width) + draw] = drawn[draw];
                Drawn[draw] -= smoothed[(i * classes) + drawn[draw]];
            }
        }

        var sums = new double[width];
        EqualPairSums.Compute(labels, kernel, size, sums);
        for (int draw = 0; draw < draws; draw++)
            Drawn[draw] += sums[draw];
    }
}
