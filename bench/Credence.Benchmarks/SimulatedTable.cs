using Credence.Data;
using Credence.Data.Columns;
using Credence.Numerics;

namespace Credence.Benchmarks;

/// <summary>A population whose probabilities are known: columns of categories, dependent through a hidden group, whose effects on the
/// label are main effects and interactions of two columns; and, if asked for, columns of normal numbers.</summary>
internal sealed class SimulatedTable
{
    private const int Groups = 2;

    private readonly int classes;
    private readonly int numbers;
    private readonly double[][][] shares;
    private readonly double[][][] main;
    private readonly double[][][] crossed;
    private readonly double[][] slopes;

    /// <summary>Draws a population.</summary>
    /// <param name="rng">Decides it.</param>
    /// <param name="numbers">The number of columns of numbers.</param>
    public SimulatedTable(Rng rng, int numbers = 0)
    {
        this.numbers = numbers;
        classes = 2 + rng.NextInt(3);
        int[] sizes = [.. Enumerable.Range(0, 1 + rng.NextInt(5)).Select(_ => 2 + rng.NextInt(9))];
        shares = [.. Enumerable.Range(0, Groups).Select(_ => sizes.Select(size => Dirichlet(rng, size)).ToArray())];
        double spread = 0.5 + rng.NextDouble();
        main = [.. sizes.Select(size => Effects(rng, size, classes, spread))];
        double interaction = rng.NextDouble();
        crossed = [.. sizes.Zip(sizes.Skip(1), (a, b) => Effects(rng, a * b, classes, interaction))];
        slopes = Effects(rng, numbers, classes, spread);
    }

    /// <summary>Draws rows with labels, and their true probabilities, row-major [rows, classes].</summary>
    public (DataSet Data, double[] Truth) Draw(int rows, Rng rng)
    {
        var codes = new int[shares[0].Length][];
        for (int j = 0; j < codes.Length; j++)
            codes[j] = new int[rows];

        var values = new double[numbers][];
        for (int j = 0; j < numbers; j++)
            values[j] = new double[rows];

        var truth = new double[rows * classes];
        var labels = new int[rows];
        for (int row = 0; row < rows; row++)
        {
            int group = rng.NextInt(Groups);
            Span<double> p = truth.AsSpan(row * classes, classes);
            for (int j = 0; j < codes.Length; j++)
            {
                codes[j][row] = Pick(shares[group][j], rng.NextDouble());
                Add(p, main[j][codes[j][row]], 1);
                if (j > 0)
                    Add(p, crossed[j - 1][codes[j - 1][row] * main[j].Length + codes[j][row]], 1);
            }

            for (int j = 0; j < numbers; j++)
                Add(p, slopes[j], values[j][row] = rng.NextNormal());

            Softmax.Forward(p, p);
            labels[row] = Pick(p, rng.NextDouble());
        }

        IColumn[] columns =
        [
            .. codes.Select((column, j) => new CategoryColumn($"c{j}", column, [.. main[j].Select((_, k) => $"v{k}")])),
            .. values.Select((column, j) => new NumberColumn($"x{j}", column)),
        ];
        return (new DataSet(new Table(columns), new Labels(labels, [.. Enumerable.Range(0, classes).Select(k => $"k{k}")])), truth);
    }

    private static void Add(Span<double> sum, double[] effects, double factor)
    {
        for (int k = 0; k < sum.Length; k++)
            sum[k] += factor * effects[k];
    }

    private static double[][] Effects(Rng rng, int count, int classes, double spread) =>
        [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, classes).Select(_ => spread * rng.NextNormal()).ToArray())];

    private static double[] Dirichlet(Rng rng, int size)
    {
        double[] parts = [.. Enumerable.Range(0, size).Select(_ => -Math.Log(1 - rng.NextDouble()))];
        double sum = parts.Sum();
        return [.. parts.Select(part => part / sum)];
    }

    private static int Pick(ReadOnlySpan<double> shares, double at)
    {
        int k = 0;
        while (k < shares.Length - 1 && at >= shares[k])
            at -= shares[k++];

        return k;
    }
}
