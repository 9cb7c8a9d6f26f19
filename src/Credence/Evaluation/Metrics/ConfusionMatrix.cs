using Credence.Evaluation.Results;

namespace Credence.Evaluation.Metrics;

/// <summary>The confusion matrix, in rows.</summary>
public sealed class ConfusionMatrix
{
    /// <summary>The most classes for which all counts are kept.</summary>
    public const int MostClasses = 50;

    /// <summary>The most pairs that are kept.</summary>
    public const int MostPairs = 100;

    internal ConfusionMatrix(ScoredRows rows, int classes)
    {
        Classes = classes;
        var counts = new Dictionary<(int Truth, int Predicted), int>();
        for (int row = 0; row < rows.Count; row++)
        {
            (int, int) cell = (rows.Truth[row], rows.Predicted[row]);
            counts[cell] = counts.GetValueOrDefault(cell) + 1;
        }

        MostConfused =
        [
            .. counts.Where(cell => cell.Key.Truth != cell.Key.Predicted)
                .Select(cell => new ConfusedPair(cell.Key.Truth, cell.Key.Predicted, cell.Value))
                .OrderByDescending(pair => pair.Count).ThenBy(pair => pair.Truth).ThenBy(pair => pair.Predicted)
                .Take(MostPairs),
        ];
        if (classes > MostClasses)
            return;

        var full = new int[classes * classes];
        foreach (((int truth, int predicted), int count) in counts)
            full[(truth * classes) + predicted] = count;
        Counts = full;
    }

    /// <summary>K.</summary>
    public int Classes { get; }

    /// <summary>[true, predicted], row-major, in rows; null above <see cref="MostClasses"/> classes.</summary>
    public IReadOnlyList<int>? Counts { get; }

    /// <summary>The pairs of different classes, most often confused first, at most <see cref="MostPairs"/>.</summary>
    public IReadOnlyList<ConfusedPair> MostConfused { get; }
}
