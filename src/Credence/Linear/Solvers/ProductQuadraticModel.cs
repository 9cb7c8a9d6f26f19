using Credence.Numerics;

namespace Credence.Linear.Solvers;

/// <summary>
/// M = V ⊗ C: V the covariance of the columns, or their mean squares where there are many, C the mean curvature of the loss in the scores
/// of two classes. Each
/// weight costs columns plus classes, not their product.
/// </summary>
internal sealed class ProductQuadraticModel : IQuadraticModel
{
    private readonly double[] v;
    private readonly double[] c;
    private readonly double[] moved;
    private readonly int columns;
    private readonly int classes;
    private readonly int stride;
    private readonly bool diagonal;

    /// <summary>Makes the model.</summary>
    /// <param name="moments">V, [columns, columns], or its diagonal, [columns].</param>
    /// <param name="columns">Columns of X.</param>
    /// <param name="curvature">C, [stride, stride].</param>
    /// <param name="classes">Columns of scores.</param>
    /// <param name="stride">The stride of a row of weights.</param>
    public ProductQuadraticModel(double[] moments, int columns, double[] curvature, int classes, int stride)
    {
        v = moments;
        c = curvature;
        this.columns = columns;
        this.classes = classes;
        this.stride = stride;
        diagonal = moments.Length == columns;
        moved = new double[columns * classes];
    }

    public void Clear() => Array.Clear(moved);

    public double Curvature(int column, int k) => Moment(column) * c[k * stride + k];

    public double Slope(int column, int k)
    {
        double sum = 0;
        for (int l = 0; l < classes; l++)
            sum += moved[l * columns + column] * c[k * stride + l];
        return sum;
    }

    public void Move(int column, int k, double step)
    {
        if (diagonal)
            moved[k * columns + column] += step * v[column];
        else
            Vectors.AddScaled(step, v.AsSpan(column * columns, columns), moved.AsSpan(k * columns, columns));
    }

    public void Multiply(double[] d, double[] product)
    {
        Clear();
        for (int j = 0; j < columns; j++)
        {
            for (int k = 0; k < classes; k++)
            {
                if (d[j * stride + k] != 0)
                    Move(j, k, d[j * stride + k]);
            }
        }

        for (int j = 0; j < columns; j++)
        {
            for (int k = 0; k < classes; k++)
                product[j * stride + k] = Slope(j, k);
        }
    }

    private double Moment(int column) => diagonal ? v[column] : v[column * columns + column];
}
