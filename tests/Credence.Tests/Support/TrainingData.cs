using Credence.Data;
using Credence.Data.Scores;
using Credence.Features.Matrices;
using Credence.Numerics;

namespace Credence.Tests.Support;

/// <summary>Small made-up data sets.</summary>
internal static class TrainingData
{
    /// <summary>Normal clusters, one a class, that overlap.</summary>
    public static (DenseMatrix X, Labels Y) Clusters(int rows, int columns, int classes, ulong seed, double spread = 1)
    {
        var rng = new Rng(seed);
        var centres = new double[classes * columns];
        for (int i = 0; i < centres.Length; i++)
            centres[i] = 1.5 * rng.NextNormal();

        var x = new float[rows * columns];
        var y = new int[rows];
        for (int i = 0; i < rows; i++)
        {
            y[i] = i % classes;
            for (int j = 0; j < columns; j++)
                x[i * columns + j] = (float)(centres[y[i] * columns + j] + spread * rng.NextNormal());
        }

        return (new DenseMatrix(x, rows, columns), new Labels(y, Names(classes)));
    }

    /// <summary>Rows of none, one or several classes, each told by a line through the rows, with noise.</summary>
    public static (DenseMatrix X, LabelSets Y) Sets(int rows, int columns, int classes, ulong seed)
    {
        var rng = new Rng(seed);
        var directions = new double[classes * columns];
        for (int i = 0; i < directions.Length; i++)
            directions[i] = rng.NextNormal();

        var x = new float[rows * columns];
        var sets = new List<int[]>();
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
                x[i * columns + j] = (float)rng.NextNormal();
            int row = i;
            sets.Add([.. Enumerable.Range(0, classes).Where(k =>
                Enumerable.Range(0, columns).Sum(j => directions[k * columns + j] * x[row * columns + j]) + 2 * rng.NextNormal() > k)]);
        }

        return (new DenseMatrix(x, rows, columns), SetsOf(sets, classes));
    }

    public static LabelSets SetsOf(IEnumerable<int[]> sets, int classes) => LabelSets.From(sets, Names(classes));

    /// <summary>‖a − b‖.</summary>
    public static double Distance(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += ((double)a[i] - b[i]) * ((double)a[i] - b[i]);

        return Math.Sqrt(sum);
    }

    public static string[] Names(int classes) => [.. Enumerable.Range(0, classes).Select(k => $"c{k}")];

    /// <summary>The same matrix in sparse form.</summary>
    public static SparseMatrix Sparse(DenseMatrix x)
    {
        var starts = new List<int> { 0 };
        var indices = new List<int>();
        var values = new List<float>();
        for (int i = 0; i < x.Rows; i++)
        {
            for (int j = 0; j < x.Columns; j++)
            {
                if (x.Row(i)[j] != 0)
                {
                    indices.Add(j);
                    values.Add(x.Row(i)[j]);
                }
            }

            starts.Add(indices.Count);
        }

        return new SparseMatrix([.. starts], [.. indices], [.. values], x.Columns);
    }

    public static double Accuracy(Logits logits, Labels labels)
    {
        int right = 0;
        for (int i = 0; i < logits.Rows; i++)
        {
            ReadOnlySpan<double> row = logits.Row(i);
            int best = 0;
            for (int k = 1; k < row.Length; k++)
                best = row[k] > row[best] ? k : best;
            right += best == labels[i] ? 1 : 0;
        }

        return (double)right / logits.Rows;
    }
}
