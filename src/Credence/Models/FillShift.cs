using Credence.Features.Matrices;
using Credence.Numerics;

namespace Credence.Models;

/// <summary>What the known features of a row say about the logits that its unknown ones add: stored rows are drawn from all rows, but the
/// row at hand is not any row. Ridge regression over the stored rows, with the penalty of the least leave-one-out error, predicts the
/// part of
/// the logits that comes from the unknown features; a stored row's part is moved by the difference of the two predictions.</summary>
/// <remarks>Exact for jointly normal features of a linear model; no shift where the regression predicts no better than the mean. A
/// prediction stays within those of the stored rows, so that no strange row makes an answer sure.</remarks>
internal sealed class FillShift
{
    private static readonly double[] Penalties = [1e-3, 1e-2, 0.1, 1];

    private readonly (int Feature, float Value)[][] known;
    private readonly double[] means, coefficients, predictions, least, most;
    private readonly int classes;
    private double offset;

    private FillShift((int Feature, float Value)[][] known, int classes)
    {
        this.known = known;
        this.classes = classes;
        int rows = known.Length;
        means = new double[rows];
        coefficients = new double[rows * classes];
        predictions = new double[rows * classes];
        least = new double[classes];
        most = new double[classes];
    }

    /// <summary>Fits the regression.</summary>
    /// <param name="stored">The stored rows.</param>
    /// <param name="unknown">The unknown features.</param>
    /// <param name="parts">[stored rows, classes]: the logits of a typical row with each stored row's unknown features.</param>
    /// <param name="classes">K.</param>
    public static FillShift Fit(SparseMatrix stored, FeatureRun[] unknown, ReadOnlySpan<double> parts, int classes)
    {
        int rows = stored.Rows;
        var shift = new FillShift(
            [.. Enumerable.Range(0, rows).Select(row => FeatureFill.Outside(stored, row, unknown))], classes);
        double[] gram = shift.Gram(), centred = Centred(parts, rows, classes);
        double trace = 0, plain = 0;
        for (int i = 0; i < rows; i++)
            trace += gram[(i * rows) + i];

        // Without the features' help, each row's prediction is the mean of the others.
        foreach (double value in centred)
            plain += value * value * rows * rows / Math.Max(1.0, (rows - 1.0) * (rows - 1.0));

        if (rows < 3 || !(trace > 1e-9 * rows) || !(plain > 0))
            return shift;

        double best = plain;
        foreach (double penalty in Penalties)
            shift.Try(gram, centred, penalty * trace, ref best);

        return shift;
    }

    /// <summary>Adds the shift of a row to the logits of its fills.</summary>
    /// <param name="features">The rows' features.</param>
    /// <param name="row">The row.</param>
    /// <param name="unknown">The unknown features.</param>
    /// <param name="logits">[stored rows, classes], of the row with each stored row's unknown features; changed in place.</param>
    public void Add(IFeatureMatrix features, int row, FeatureRun[] unknown, Span<double> logits)
    {
        if (least.AsSpan().SequenceEqual(most))
            return;

        (int Feature, float Value)[] own = FeatureFill.Outside(features, row, unknown);
        var predicted = new double[classes];
        double mean = 0;
        var products = new double[known.Length];
        for (int r = 0; r < products.Length; r++)
        {
            products[r] = Dot(own, known[r]);
            mean += products[r] / products.Length;
        }

        for (int r = 0; r < products.Length; r++)
        {
            double centred = products[r] - means[r] - mean + offset;
            for (int k = 0; k < classes; k++)
                predicted[k] += centred * coefficients[(r * classes) + k];
        }

        for (int k = 0; k < classes; k++)
            predicted[k] = Math.Clamp(predicted[k], least[k], most[k]);

        for (int r = 0; r < products.Length; r++)
        {
            for (int k = 0; k < classes; k++)
                logits[(r * classes) + k] += predicted[k] - predictions[(r * classes) + k];
        }
    }

    private void Try(double[] gram, double[] centred, double penalty, ref double best)
    {
        int rows = known.Length;
        double[] ridged = [.. gram];
        for (int i = 0; i < rows; i++)
            ridged[(i * rows) + i] += penalty;

        if (Cholesky.TryFactor(ridged, rows) is not { } factor)
            return;

        // A = (G + λI)⁻¹; a row's prediction without itself is its own less residual ÷ (1 − leverage), which A's diagonal gives.
        var solved = new double[rows * classes];
        var column = new double[rows];
        for (int k = 0; k < classes; k++)
        {
            for (int i = 0; i < rows; i++)
                column[i] = centred[(i * classes) + k];

            factor.Solve(column);
            for (int i = 0; i < rows; i++)
                solved[(i * classes) + k] = column[i];
        }

        double error = 0;
        var without = new double[rows * classes];
        for (int i = 0; i < rows; i++)
        {
            Array.Clear(column);
            column[i] = 1;
            factor.SolveLower(column);
            double inverse = 0;
            foreach (double value in column)
                inverse += value * value;

            // λ·A is 1 − leverage of the centred rows; the mean takes 1/n more.
            double kept = Math.Max(1e-6, (penalty * inverse) - (1.0 / rows));
            for (int k = 0; k < classes; k++)
            {
                double residual = penalty * solved[(i * classes) + k] / kept;
                error += residual * residual;
                without[(i * classes) + k] = centred[(i * classes) + k] - residual;
            }
        }

        if (error >= best)
            return;

        best = error;
        solved.CopyTo(coefficients, 0);
        without.CopyTo(predictions, 0);
        for (int k = 0; k < classes; k++)
        {
            (least[k], most[k]) = (double.PositiveInfinity, double.NegativeInfinity);
            for (int i = 0; i < rows; i++)
            {
                least[k] = Math.Min(least[k], without[(i * classes) + k]);
                most[k] = Math.Max(most[k], without[(i * classes) + k]);
            }
        }
    }

    /// <summary>The products of the rows' known features, centred; their means are kept for rows to come.</summary>
    private double[] Gram()
    {
        int rows = known.Length;
        var gram = new double[rows * rows];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j <= i; j++)
                gram[(i * rows) + j] = gram[(j * rows) + i] = Dot(known[i], known[j]);
        }

        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < rows; j++)
                means[i] += gram[(i * rows) + j] / rows;

            offset += means[i] / rows;
        }

        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < rows; j++)
                gram[(i * rows) + j] += offset - means[i] - means[j];
        }

        return gram;
    }

    private static double[] Centred(ReadOnlySpan<double> parts, int rows, int classes)
    {
        double[] centred = parts.ToArray();
        for (int k = 0; k < classes; k++)
        {
            double mean = 0;
            for (int i = 0; i < rows; i++)
                mean += centred[(i * classes) + k] / rows;

            for (int i = 0; i < rows; i++)
                centred[(i * classes) + k] -= mean;
        }

        return centred;
    }

    private static double Dot((int Feature, float Value)[] a, (int Feature, float Value)[] b)
    {
        double sum = 0;
        for (int i = 0, j = 0; i < a.Length && j < b.Length;)
        {
            if (a[i].Feature == b[j].Feature)
                sum += (double)a[i++].Value * b[j++].Value;
            else if (a[i].Feature < b[j].Feature)
                i++;
            else
                j++;
        }

        return sum;
    }
}
