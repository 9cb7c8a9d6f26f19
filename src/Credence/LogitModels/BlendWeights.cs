using Credence.Data;
using Credence.Data.Scores;
using Credence.Numerics;
using Credence.Optimization;

namespace Credence.LogitModels;

/// <summary>The weights of a sum of several models' logits that minimise its log loss: a convex problem with a weight a model.</summary>
internal sealed class BlendWeights : IConvexLoss
{
    private const double Ridge = 1e-6;
    private readonly Logits[] logits;
    private readonly int[] labels;
    private readonly double[] shares, sums, gradient, probabilities;
    private readonly int classes;

    private BlendWeights(Logits[] logits, Labels labels, double[] shares)
    {
        this.logits = logits;
        this.labels = labels.Indices.ToArray();
        this.shares = shares;
        classes = labels.Classes;
        sums = new double[logits[0].Values.Length];
        gradient = new double[sums.Length];
        probabilities = new double[sums.Length];
    }

    public int Length => logits.Length;

    /// <summary>The best weights on rows.</summary>
    /// <param name="logits">The logits of each model.</param>
    /// <param name="labels">The class of each row.</param>
    /// <param name="shares">The weight of each row.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static double[] Fit(Logits[] logits, Labels labels, double[] shares, CancellationToken cancellationToken)
    {
        double sum = shares.Sum();
        var weights = new double[logits.Length];
        Array.Fill(weights, 1.0 / logits.Length);
        if (sum > 0)
        {
            var loss = new BlendWeights(logits, labels, [.. shares.Select(share => share / sum)]);
            NewtonMethod.Minimize(loss, weights, tolerance: 1e-12, cancellationToken: cancellationToken);
        }

        return weights;
    }

    public double Linearize(ReadOnlySpan<double> point, Span<double> slope)
    {
        Mix(point, sums);
        double value = CrossEntropy.LossAndGradientRows(sums, classes, labels, shares, gradient) + Penalty(point);
        Softmax.ForwardRows(sums, classes, probabilities);
        for (int m = 0; m < Length; m++)
            slope[m] = DoubleVectors.Dot(logits[m].Values, gradient) + (Ridge * point[m]);

        return value;
    }

    public double Value(ReadOnlySpan<double> point)
    {
        var trial = new double[sums.Length];
        Mix(point, trial);
        return CrossEntropy.TotalLoss(trial, classes, labels, shares) + Penalty(point);
    }

    /// <summary>Σ_i w_i·zₘᵀ(diag(p) − ppᵀ)·Σₗ zₗ·vₗ.</summary>
    public void HessianTimes(ReadOnlySpan<double> direction, Span<double> result)
    {
        var along = new double[sums.Length];
        Mix(direction, along);
        for (int row = 0; row < labels.Length; row++)
        {
            Span<double> z = along.AsSpan(row * classes, classes);
            ReadOnlySpan<double> p = probabilities.AsSpan(row * classes, classes);
            double mean = 0;
            for (int k = 0; k < classes; k++)
                mean += p[k] * z[k];

            for (int k = 0; k < classes; k++)
                z[k] = shares[row] * p[k] * (z[k] - mean);
        }

        for (int m = 0; m < Length; m++)
            result[m] = DoubleVectors.Dot(logits[m].Values, along) + (Ridge * direction[m]);
    }

    public void Precondition(ReadOnlySpan<double> residual, Span<double> result) => residual.CopyTo(result);

    private void Mix(ReadOnlySpan<double> weights, double[] into)
    {
        Array.Clear(into);
        for (int m = 0; m < Length; m++)
            Vectors.AddScaled<double>(weights[m], logits[m].Values, into);
    }

    private static double Penalty(ReadOnlySpan<double> point)
    {
        double square = 0;
        foreach (double weight in point)
            square += weight * weight;

        return Ridge / 2 * square;
    }
}
