using Credence.Numerics;

namespace Credence.Evaluation.Intervals;

/// <summary>Draws the rows with an event whose probabilities are known and rising, in time proportional to the events, not the
/// rows.</summary>
/// <remarks>Rows are taken in stretches whose probabilities differ by a factor of two at most. In a stretch the steps to the next candidate
/// are geometric with its largest probability p̄, and a candidate is kept with p / p̄ (thinning; P. Lewis, G. Shedler 1979): each row has
/// its own probability, exactly.</remarks>
internal sealed class EventDraws
{
    private readonly double[] probabilities;
    private readonly List<(int Start, int End, double Most, double LogMiss)> stretches = [];

    /// <param name="probabilities">Rising.</param>
    public EventDraws(double[] probabilities)
    {
        this.probabilities = probabilities;
        int end = probabilities.Length;
        while (end > 0 && probabilities[end - 1] > 0)
        {
            double most = Math.Min(1, probabilities[end - 1]);
            int start = end - 1;
            while (start > 0 && probabilities[start - 1] >= most / 2)
                start--;

            stretches.Add((start, end, most, LogMiss(most)));
            end = start;
        }

        stretches.Reverse();
    }

    /// <summary>ln(1 − p), also where p is lost beside 1.</summary>
    private static double LogMiss(double p) => p < 1e-8 ? -p : Log.Compute(1 - p);

    /// <summary>Draws once: the rows, rising.</summary>
    public void Draw(Rng rng, List<int> rows)
    {
        rows.Clear();
        foreach ((int start, int end, double most, double logMiss) in stretches)
        {
            double row = start - 1;
            while (true)
            {
                row += 1 + (most < 1 ? Math.Floor(Log.Compute(1 - rng.NextDouble()) / logMiss) : 0);
                if (!(row < end))
                    break;

                if (rng.NextDouble() * most < probabilities[(int)row])
                    rows.Add((int)row);
            }
        }
    }
}
