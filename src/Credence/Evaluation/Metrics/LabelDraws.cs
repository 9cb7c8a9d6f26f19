using Credence.Numerics;

namespace Credence.Evaluation.Metrics;

/// <summary>Labels drawn from one row's probabilities: the first class at which the cumulated probability exceeds a uniform number, found
/// from a guide table (H. Chen, Y. Asau 1974) in a few steps.</summary>
/// <param name="classes">K.</param>
internal sealed class LabelDraws(int classes)
{
    private const int GuideSize = 256;
    private readonly double[] cumulative = new double[classes];
    private readonly int[] guide = new int[GuideSize];

    /// <summary>Draws a label for each draw of clusters: the predicted class first, so that rows which share a number are right
    /// together.</summary>
    /// <param name="p">The row.</param>
    /// <param name="predicted">Its most probable class.</param>
    /// <param name="row">Its number.</param>
    /// <param name="draws">The draws of the clusters.</param>
    /// <param name="rng">The row's own numbers.</param>
    /// <param name="labels">Gets the labels.</param>
    /// <param name="chances">Gets the probability of each.</param>
    public static void Together(
        ReadOnlySpan<double> p, int predicted, int row, ClusterDraws[] draws, Rng rng, Span<int> labels, Span<double> chances)
    {
        double sum = 0;
        foreach (double share in p)
            sum += share;

        for (int draw = 0; draw < draws.Length; draw++)
        {
            double left = (draws[draw].Next(row, rng) * sum) - p[predicted];
            int label = predicted;
            for (int k = 0; k < p.Length && left >= 0; k++)
            {
                if (k == predicted || p[k] == 0)
                    continue;

                label = k;
                left -= p[k];
            }

            labels[draw] = label;
            chances[draw] = p[label];
        }
    }

    /// <summary>Draws as many labels as there is room for.</summary>
    /// <param name="p">The row; where it does not sum to one it is taken as if it did.</param>
    /// <param name="rng">The row's own numbers.</param>
    /// <param name="labels">Gets the labels.</param>
    /// <param name="chances">Gets the probability of each; or empty.</param>
    public void Draw(ReadOnlySpan<double> p, Rng rng, Span<int> labels, Span<double> chances)
    {
        double sum = 0;
        for (int k = 0; k < p.Length; k++)
            cumulative[k] = sum += p[k];

        int first = 0;
        for (int cell = 0; cell < GuideSize; cell++)
        {
            double target = sum * cell / GuideSize;
            while (first < classes - 1 && cumulative[first] <= target)
                first++;
            guide[cell] = first;
        }

        for (int draw = 0; draw < labels.Length; draw++)
        {
            double u = rng.NextDouble(), target = u * sum;
            int label = guide[(int)(u * GuideSize)];
            while (label < classes - 1 && cumulative[label] <= target)
                label++;

            labels[draw] = label;
            if (!chances.IsEmpty)
                chances[draw] = p[label];
        }
    }
}
