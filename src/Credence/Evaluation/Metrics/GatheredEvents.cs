using System.Runtime.InteropServices;

namespace Credence.Evaluation.Metrics;

/// <summary>Gathers the rows with an event by their distinct probability.</summary>
/// <param name="groupOf">The distinct probability of each row, rows in the order of probability.</param>
/// <param name="weights">Each row's weight.</param>
internal sealed class GatheredEvents(int[] groupOf, double[] weights)
{
    private readonly List<int> places = [];
    private readonly List<double> came = [];

    /// <summary>Recalibrates by the events of these rows, rising.</summary>
    public CorpDecomposition Fit(CorpFit fit, List<int> rows, int[] asked, double[] curve)
    {
        places.Clear();
        came.Clear();
        foreach (int row in rows)
        {
            if (places.Count == 0 || places[^1] != groupOf[row])
            {
                places.Add(groupOf[row]);
                came.Add(0);
            }

            came[^1] += weights[row];
        }

        return fit.Fit(CollectionsMarshal.AsSpan(places), CollectionsMarshal.AsSpan(came), asked, curve);
    }
}
