using System.Text.Json.Nodes;
using Credence.Data.Scores;
using Credence.Numerics;
using Credence.Persistence;

namespace Credence.OutOfDistribution;

/// <summary>Virtual-logit matching: the residual of a row's features outside the principal subspace of the training rows, scaled to the
/// size of logits,
/// less the energy of its logits (Wang and others 2022). A row is its features followed by its logits.</summary>
public sealed class VimScorer : IOutlierScorer
{
    internal const string Kind = "vim";

    private readonly double[] mean;
    private readonly double[] directions;
    private readonly double scale;
    private readonly int classes;

    private VimScorer(double[] mean, double[] directions, double scale, int classes)
    {
        this.mean = mean;
        this.directions = directions;
        this.scale = scale;
        this.classes = classes;
    }

    /// <inheritdoc/>
    public OutlierInput Input => OutlierInput.FeaturesAndLogits;

    /// <inheritdoc/>
    public int Columns => mean.Length + classes;

    /// <summary>The number of principal directions.</summary>
    public int Directions => directions.Length / mean.Length;

    /// <summary>Computes the principal directions and the scale.</summary>
    /// <param name="features">[n, columns], finite, of training rows.</param>
    /// <param name="columns">Numbers per row.</param>
    /// <param name="logits">[n, K], their logits.</param>
    /// <param name="directionsKept">The number of principal directions, 1 to columns − 1; 0 uses half the columns.</param>
    /// <exception cref="ArgumentException">The shapes disagree, a value is not finite, or nothing lies outside the principal
    /// subspace.</exception>
    public static VimScorer Fit(ReadOnlySpan<float> features, int columns, Logits logits, int directionsKept = 0)
    {
        int rows = FeatureRows.Check(features, columns, nameof(features));
        int kept = directionsKept == 0 ? Math.Max(1, columns / 2) : directionsKept;
        if (logits.Rows != rows)
            throw new ArgumentException($"There are {rows} rows of features and {logits.Rows} of logits.", nameof(logits));

        if (kept < 1 || kept >= columns)
            throw new ArgumentException($"'{nameof(directionsKept)}' is {kept}; with {columns} columns it must be 1 to {columns - 1}.",
                nameof(directionsKept));

        var mean = new double[columns];
        for (int i = 0; i < features.Length; i++)
            mean[i % columns] += (double)features[i] / rows;

        var centred = new double[features.Length];
        for (int i = 0; i < centred.Length; i++)
            centred[i] = features[i] - mean[i % columns];

        var covariance = new double[columns * columns];
        MatrixProduct.MultiplyTransposedLeft(centred, centred, covariance, columns, rows, columns);
        double[] directions = SymmetricEigen.Compute(covariance, columns).Vectors[..(kept * columns)];

        double residuals = 0;
        double largest = 0;
        for (int row = 0; row < rows; row++)
        {
            residuals += Residual(centred.AsSpan(row * columns, columns), directions);
            largest += Confidence.Compute(logits.Row(row));
        }

        double scale = largest / residuals;
        return double.IsFinite(scale)
            ? new VimScorer(mean, directions, scale, logits.Classes)
            : throw new ArgumentException("The training rows lie entirely in the principal subspace, or their logits are not finite.",
                nameof(features));
    }

    /// <inheritdoc/>
    public double Score(ReadOnlySpan<double> row)
    {
        FeatureRows.CheckLength(row, Columns);
        var centred = new double[mean.Length];
        for (int j = 0; j < centred.Length; j++)
            centred[j] = row[j] - mean[j];

        return (scale * Residual(centred, directions)) - LogSumExp.Compute(row[mean.Length..]);
    }

    /// <inheritdoc/>
    public JsonObject Save(NamedTensors tensors, string prefix)
    {
        tensors.Add<double>(prefix + "mean", mean);
        tensors.Add<double>(prefix + "directions", directions, Directions, mean.Length);
        return new JsonObject
        {
            ["kind"] = Kind,
            ["features"] = mean.Length,
            ["directions"] = Directions,
            ["classes"] = classes,
            ["scale"] = scale
        };
    }

    internal static VimScorer Load(JsonObject saved, NamedTensors tensors, string prefix)
    {
        int columns = saved.Integer("features", 1);
        double[] mean = tensors.Get<double>(prefix + "mean", columns);
        double[] directions = tensors.Get<double>(prefix + "directions", (long)saved.Integer("directions", 1, columns) * columns);
        return FeatureRows.AllFinite(mean) && FeatureRows.AllFinite(directions)
            ? new VimScorer(mean, directions, saved.Number("scale"), saved.Integer("classes", 1))
            : throw new InvalidDataException($"The tensors under '{prefix}' have a value that is not finite.");
    }

    /// <summary>The norm of a centred row's residual after its projection on the directions is subtracted.</summary>
    private static double Residual(ReadOnlySpan<double> centred, double[] directions)
    {
        double[] rest = centred.ToArray();
        for (int start = 0; start < directions.Length; start += rest.Length)
        {
            double along = 0;
            for (int j = 0; j < rest.Length; j++)
                along += rest[j] * directions[start + j];

            for (int j = 0; j < rest.Length; j++)
                rest[j] -= along * directions[start + j];
        }

        double square = 0;
        foreach (double value in rest)
            square += value * value;

        return Math.Sqrt(square);
    }
}
