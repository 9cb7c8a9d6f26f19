namespace Credence.Report.Plots;

/// <summary>The confusion matrix.</summary>
/// <param name="Names">The classes.</param>
/// <param name="Counts">[true, predicted], row-major.</param>
public sealed record Confusion(IReadOnlyList<string> Names, IReadOnlyList<long> Counts)
{
    /// <summary>Rows of one class predicted as another.</summary>
    public long this[int truth, int predicted] => Counts[truth * Names.Count + predicted];

    /// <summary>Rows of a class.</summary>
    public long Support(int truth) => Enumerable.Range(0, Names.Count).Sum(k => this[truth, k]);

    /// <summary>The pairs of different classes, most often confused first.</summary>
    /// <param name="most">How many at the most.</param>
    public IReadOnlyList<(int Truth, int Predicted, long Count)> Pairs(int most)
    {
        var pairs = new List<(int Truth, int Predicted, long Count)>();
        for (int cell = 0; cell < Counts.Count; cell++)
        {
            (int truth, int predicted) = (cell / Names.Count, cell % Names.Count);
            if (truth != predicted && Counts[cell] > 0)
                pairs.Add((truth, predicted, Counts[cell]));
        }

        return [.. pairs.OrderByDescending(p => p.Count).ThenBy(p => p.Truth).ThenBy(p => p.Predicted).Take(most)];
    }
}
