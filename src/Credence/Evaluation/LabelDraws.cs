using Credence.Numerics;

namespace Credence.Evaluation;

/// <summary>Labels drawn from one row's probabilities.</summary>
internal static class LabelDraws
{
    /// <summary>Draws as many labels as there is room for, by bisection of the cumulated probabilities.</summary>
    /// <param name="p">The row; where it does not sum to one it is taken as if it did.</param>
    /// <param name="rng">The row's own numbers.</param>
    /// <param name="cumulative">Memory, one a class.</param>
    /// <param name="labels">Gets the labels.</param>
    /// <param name="chances">Gets the probability of each; or empty.</param>
    public static void Of(ReadOnlySpan<double> p, Rng rng, Span<double> cumulative, Span<int> labels, Span<double> chances)
    {
        double sum = 0;
        for (int k = 0; k < p.Length; k++)
            cumulative[k] = sum += p[k];

        for (int draw = 0; draw < labels.Length; draw++)
        {
            double target = rng.NextDouble() * sum;
            int low = 0, high = p.Length - 1;
            while (low < high)
            {
                int middle = (low + high) >>> 1;
                if (cumulative[middle] > target)
                    high = middle;
                else
                    low = middle + 1;
            }

            labels[draw] = low;
            if (!chances.IsEmpty)
                chances[draw] = p[low];
        }
    }
}
