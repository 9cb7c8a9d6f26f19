using Credence.Numerics;
using Credence.Training.Optimization;

namespace Credence.Training.Objectives;

/// <summary>w·(lse(z) − z_y): the cross-entropy of the softmax. With p = softmax(z) its residual is r = w(p − e_y), its curvature w(diag p − ppᵀ).</summary>
/// <param name="labels">The class of each row; that of a row without weight is not looked at.</param>
/// <param name="weights">A weight a row, adding up to one.</param>
/// <param name="classes">The number of classes.</param>
internal sealed class SoftmaxLoss(int[] labels, double[] weights, int classes) : IRowLoss
{
    /// <summary>Probabilities above have all their digits.</summary>
    private const double Underflow = 1e-290;

    public int Classes => classes;

    public double LossAndResidual(int from, int to, double[] z, double[] r, int stride)
    {
        // What pads a row stands at −∞, whose probability is 0.
        for (int i = from; i < to; i++)
        {
            z.AsSpan(i * stride, classes).CopyTo(r.AsSpan(i * stride));
            r.AsSpan(i * stride + classes, stride - classes).Fill(double.NegativeInfinity);
        }

        Span<double> rows = r.AsSpan(from * stride, (to - from) * stride);
        Softmax.ForwardRows(rows, stride, rows);
        double total = 0;
        for (int i = from; i < to; i++)
        {
            double weight = weights[i];
            Span<double> row = r.AsSpan(i * stride, stride);
            if (weight == 0)
            {
                row.Clear();
                continue;
            }

            // −ln p is as exact as lse(z) − z where p has not underflowed, and takes one logarithm a row.
            double p = row[labels[i]];
            total += weight * (p > Underflow ? -Log.Compute(p) : LogSumExp.Compute(z.AsSpan(i * stride, classes)) - z[i * stride + labels[i]]);
            Vectors.Scale(weight, row);
            row[labels[i]] -= weight;
        }

        return total;
    }

    public void Curvature(int from, int to, double[] r, double[] v, int stride)
    {
        for (int i = from; i < to; i++)
        {
            double weight = weights[i];
            Span<double> direction = v.AsSpan(i * stride, stride);
            if (weight == 0)
            {
                direction.Clear();
                continue;
            }

            // r holds w·p, but for the label, where it holds w·p − w.
            ReadOnlySpan<double> residual = r.AsSpan(i * stride, stride);
            double atLabel = direction[labels[i]], labelMass = residual[labels[i]] + weight;
            double mean = weight * atLabel + Vectors.Dot(residual, direction);
            mean /= weight;
            Vectors.MultiplyShifted(residual, mean, direction);
            direction[labels[i]] = labelMass * (atLabel - mean);
        }
    }

    public void CurvatureDiagonal(int from, int to, double[] r, double[] c, int stride)
    {
        for (int i = from; i < to; i++)
        {
            Span<double> diagonal = c.AsSpan(i * stride, stride);
            double weight = weights[i];
            if (weight == 0)
            {
                diagonal.Clear();
                continue;
            }

            r.AsSpan(i * stride, stride).CopyTo(diagonal);
            diagonal[labels[i]] += weight;
            foreach (ref double mass in diagonal)
                mass *= 1 - mass / weight;
        }
    }

    public void AddCurvature(int from, int to, double[] r, Span<double> h, int stride)
    {
        var mass = new double[stride];
        for (int i = from; i < to; i++)
        {
            double weight = weights[i];
            if (weight == 0)
                continue;

            r.AsSpan(i * stride, stride).CopyTo(mass);
            mass[labels[i]] += weight;
            for (int k = 0; k < classes; k++)
            {
                h[k * stride + k] += mass[k];
                Vectors.AddScaled(-mass[k] / weight, mass, h.Slice(k * stride, stride));
            }
        }
    }
}
