using Credence.Data;
using Credence.Features.Matrices;
using Credence.Networks.Layers;

namespace Credence.Networks;

/// <summary>Whether a mirrored picture is still one of its class: a mirrored shoe is a shoe, a mirrored 2 is nothing.</summary>
internal static class Mirror
{
    /// <summary>The least correlation of a class's mean picture with its mirror.</summary>
    private const double LeastCorrelation = 0.8;

    /// <summary>Whether, for every class, the mirror of the mean picture is nearest to the mean of the same class and correlates with it by
    /// 0.8 or more.</summary>
    public static bool KeepsClasses(DenseMatrix features, Labels labels, NetworkInputs inputs, LayerShape shape)
    {
        int classes = labels.Classes;
        var means = new double[classes][];
        int[] counts = labels.Counts();
        for (int k = 0; k < classes; k++)
            means[k] = new double[shape.Size];

        var picture = new float[shape.Size];
        for (int row = 0; row < features.Rows; row++)
        {
            inputs.Fill(features.Row(row), picture);
            double[] mean = means[labels[row]];
            for (int i = 0; i < picture.Length; i++)
                mean[i] += picture[i] / counts[labels[row]];
        }

        for (int k = 0; k < classes; k++)
        {
            if (counts[k] == 0)
                continue;

            double[] mirrored = Mirrored(means[k], shape);
            double own = Correlation(mirrored, means[k]);
            if (own < LeastCorrelation
                || means.Where((_, other) => other != k && counts[other] > 0).Any(m => Correlation(mirrored, m) > own))
                return false;
        }

        return true;
    }

    private static double[] Mirrored(double[] picture, LayerShape shape)
    {
        var mirrored = new double[picture.Length];
        for (int i = 0; i < picture.Length; i++)
        {
            int channel = i % shape.Channels, place = i / shape.Channels, x = place % shape.Width;
            mirrored[((place - x + shape.Width - 1 - x) * shape.Channels) + channel] = picture[i];
        }

        return mirrored;
    }

    private static double Correlation(double[] a, double[] b)
    {
        double meanA = a.Average(), meanB = b.Average(), both = 0, ofA = 0, ofB = 0;
        for (int i = 0; i < a.Length; i++)
        {
            both += (a[i] - meanA) * (b[i] - meanB);
            ofA += (a[i] - meanA) * (a[i] - meanA);
            ofB += (b[i] - meanB) * (b[i] - meanB);
        }

        return ofA > 0 && ofB > 0 ? both / Math.Sqrt(ofA * ofB) : 0;
    }
}
