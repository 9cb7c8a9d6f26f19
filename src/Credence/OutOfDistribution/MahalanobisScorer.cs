using System.Text.Json.Nodes;
using Credence.Data;
using Credence.Numerics;
using Credence.Persistence;

namespace Credence.OutOfDistribution;

/// <summary>The squared Mahalanobis distance to the nearest class mean under one covariance for all classes (Lee and others 2018);
/// relative: less the distance to the mean of all rows under their covariance, which removes the part that is common to all classes
/// (Ren and others 2021).</summary>
public sealed class MahalanobisScorer : IOutlierScorer
{
    internal const string Kind = "mahalanobis";

    private readonly double[] means;
    private readonly double[] within;
    private readonly double[] around;
    private readonly Cholesky withinFactor;
    private readonly Cholesky aroundFactor;
    private readonly double[] whitened;

    private MahalanobisScorer(
        int columns, bool relative, double[] means, double[] within, double[] around, Cholesky withinFactor, Cholesky aroundFactor)
    {
        Columns = columns;
        Relative = relative;
        this.means = means;
        this.within = within;
        this.around = around;
        this.withinFactor = withinFactor;
        this.aroundFactor = aroundFactor;

        // L⁻¹·mean of each class, so that a row is whitened once and not once a class.
        whitened = (double[])means.Clone();
        for (int start = 0; start < means.Length - columns; start += columns)
            withinFactor.SolveLower(whitened.AsSpan(start, columns));
    }

    /// <inheritdoc/>
    public OutlierInput Input => OutlierInput.Features;

    /// <inheritdoc/>
    public int Columns { get; }

    /// <summary>Whether the distance to the mean of all rows is subtracted.</summary>
    public bool Relative { get; }

    /// <summary>Fits means and covariances.</summary>
    /// <param name="features">[n, columns], finite, of training rows.</param>
    /// <param name="columns">Numbers per row.</param>
    /// <param name="labels">Their classes; rows without one are left out, classes without rows as well.</param>
    /// <param name="relative">Whether the distance to the mean of all rows is subtracted.</param>
    /// <param name="shrinkage">The share of the covariance that is replaced by its mean diagonal, above 0 and at most 1, so that features
    /// that depend on each other do no harm.</param>
    /// <exception cref="ArgumentException">The shapes disagree, a value is not finite, or all rows are identical.</exception>
    public static MahalanobisScorer Fit(
        ReadOnlySpan<float> features, int columns, Labels labels, bool relative = false, double shrinkage = 1e-3)
    {
        int rows = FeatureRows.Check(features, columns, nameof(features));
        if (labels.Count != rows)
            throw new ArgumentException($"There are {rows} rows and {labels.Count} labels.", nameof(labels));

        if (!(shrinkage > 0 && shrinkage <= 1))
            throw new ArgumentException($"'{nameof(shrinkage)}' is {shrinkage}, must be above 0 and at most 1.", nameof(shrinkage));

        int[] counts = labels.Counts();
        int[] present = [.. Enumerable.Range(0, counts.Length).Where(k => counts[k] > 0)];
        if (present.Length == 0)
            throw new ArgumentException("No row has a label.", nameof(labels));

        // The last mean is that of all rows.
        var means = new double[(present.Length + 1) * columns];
        var place = new int[counts.Length];
        for (int i = 0; i < present.Length; i++)
            place[present[i]] = i;

        int known = counts.Sum();
        for (int row = 0; row < rows; row++)
        {
            if (labels[row] < 0)
                continue;

            for (int j = 0; j < columns; j++)
            {
                double value = features[(row * columns) + j];
                means[(place[labels[row]] * columns) + j] += value / counts[labels[row]];
                means[(present.Length * columns) + j] += value / known;
            }
        }

        double[] within = Covariance(features, columns, row => labels[row] < 0 ? -1 : place[labels[row]], means, known, shrinkage);
        double[] around = Covariance(features, columns, row => labels[row] < 0 ? -1 : present.Length, means, known, shrinkage);
        if (Cholesky.TryFactor(within, columns) is not Cholesky withinFactor
            || Cholesky.TryFactor(around, columns) is not Cholesky aroundFactor)
            throw new ArgumentException("The rows of each class are identical, so the covariance is zero and gives no distance.",
                nameof(features));

        return new MahalanobisScorer(columns, relative, means, within, around, withinFactor, aroundFactor);
    }

    /// <inheritdoc/>
    public double Score(ReadOnlySpan<double> row)
    {
        FeatureRows.CheckLength(row, Columns);
        double[] x = row.ToArray();
        withinFactor.SolveLower(x);
        int classes = (means.Length / Columns) - 1;
        double nearest = double.PositiveInfinity;
        for (int k = 0; k < classes; k++)
        {
            double sum = 0;
            for (int j = 0; j < Columns; j++)
            {
                double difference = x[j] - whitened[(k * Columns) + j];
                sum += difference * difference;
            }

            nearest = sum < nearest || double.IsNaN(sum) ? sum : nearest;
        }

        if (!Relative)
            return nearest;

        for (int j = 0; j < Columns; j++)
            x[j] = row[j] - means[(classes * Columns) + j];

        aroundFactor.SolveLower(x);
        return nearest - x.Sum(value => value * value);
    }

    /// <inheritdoc/>
    public JsonObject Save(NamedTensors tensors, string prefix)
    {
        tensors.Add<double>(prefix + "means", means, means.Length / Columns, Columns);
        tensors.Add<double>(prefix + "within", within, Columns, Columns);
        tensors.Add<double>(prefix + "around", around, Columns, Columns);
        return new JsonObject { ["kind"] = Kind, ["columns"] = Columns, ["means"] = means.Length / Columns, ["relative"] = Relative };
    }

    internal static MahalanobisScorer Load(JsonObject saved, NamedTensors tensors, string prefix)
    {
        int columns = saved.Integer("columns", 1, 46_340);
        double[] means = tensors.Get<double>(prefix + "means", (long)saved.Integer("means", 2) * columns);
        double[] within = tensors.Get<double>(prefix + "within", (long)columns * columns);
        double[] around = tensors.Get<double>(prefix + "around", (long)columns * columns);
        return FeatureRows.AllFinite(means)
            && Cholesky.TryFactor(within, columns) is Cholesky withinFactor
            && Cholesky.TryFactor(around, columns) is Cholesky aroundFactor
            ? new MahalanobisScorer(columns, saved.Flag("relative"), means, within, around, withinFactor, aroundFactor)
            : throw new InvalidDataException($"The tensors under '{prefix}' are not finite means and positive definite covariances.");
    }

    private static double[] Covariance(
        ReadOnlySpan<float> features, int columns, Func<int, int> meanOf, double[] means, int known, double shrinkage)
    {
        var centred = new double[known * columns];
        int written = 0;
        for (int row = 0; row * columns < features.Length; row++)
        {
            int mean = meanOf(row);
            if (mean < 0)
                continue;

            for (int j = 0; j < columns; j++)
                centred[(written * columns) + j] = features[(row * columns) + j] - means[(mean * columns) + j];

            written++;
        }

        var covariance = new double[columns * columns];
        MatrixProduct.MultiplyTransposedLeft(centred, centred, covariance, columns, known, columns);
        double trace = 0;
        for (int j = 0; j < columns; j++)
            trace += covariance[(j * columns) + j] / known;

        for (int i = 0; i < covariance.Length; i++)
            covariance[i] *= (1 - shrinkage) / known;

        for (int j = 0; j < columns; j++)
            covariance[(j * columns) + j] += shrinkage * trace / columns;

        return covariance;
    }
}
