using Credence.Numerics;

namespace Credence.Linear.Solvers;

/// <summary>M = the joint curvature of the loss in the weights of all classes, with the bias eliminated: for few columns and
/// classes.</summary>
internal sealed class JointQuadraticModel : IQuadraticModel
{
    private readonly double[] joint;
    private readonly double[] moved;
    private readonly int block;
    private readonly int classes;
    private readonly int stride;
    private readonly int size;

    /// <summary>Eliminates the bias from a joint curvature.</summary>
    /// <param name="curvature">Σ_i curvature_i ⊗ [x_i 1][x_i 1]ᵀ, [classes·(columns + 1), classes·(columns + 1)], class by class;
    /// overwritten.</param>
    /// <param name="columns">Columns of X.</param>
    /// <param name="classes">Columns of scores.</param>
    /// <param name="stride">The stride of a row of weights.</param>
    public JointQuadraticModel(double[] curvature, int columns, int classes, int stride)
    {
        joint = curvature;
        this.classes = classes;
        this.stride = stride;
        block = columns + 1;
        size = classes * block;
        moved = new double[size];
        double trace = 0;
        for (int k = 0; k < classes; k++)
            trace += joint[(k * block + columns) * (long)(size + 1)];

        // Gaussian elimination of the biases; the last one of shift-invariant classes has no curvature left and is skipped.
        for (int k = 0; k < classes; k++)
        {
            int pivot = k * block + columns;
            double own = joint[pivot * (long)(size + 1)];
            if (!(own > 1e-9 * trace))
                continue;
            for (int i = 0; i < size; i++)
            {
                if (i != pivot && Element(i, pivot) is var element and not 0)
                    Vectors.AddScaled(-element / own, Row(pivot), Row(i));
            }
        }
    }

    public void Clear() => Array.Clear(moved);

    public double Curvature(int column, int k) => Element(k * block + column, k * block + column);

    public double Slope(int column, int k) => moved[k * block + column];

    public void Move(int column, int k, double step) => Vectors.AddScaled(step, Row(k * block + column), moved);

    public void Multiply(double[] d, double[] product)
    {
        Clear();
        for (int k = 0; k < classes; k++)
        {
            for (int j = 0; j + 1 < block; j++)
            {
                if (d[j * stride + k] != 0)
                    Move(j, k, d[j * stride + k]);
            }
        }

        for (int k = 0; k < classes; k++)
        {
            for (int j = 0; j + 1 < block; j++)
                product[j * stride + k] = Slope(j, k);
        }
    }

    private double Element(int i, int j) => joint[i * (long)size + j];

    private Span<double> Row(int i) => joint.AsSpan(i * size, size);
}
