namespace Credence.Data;

/// <summary>Rows to be measured whose label is none of a model's classes: each is a mistake of the model, and has no log loss.</summary>
/// <param name="Counts">The number of rows of each such label.</param>
/// <param name="Rows">The number of rows.</param>
/// <param name="Weights">The weight of each row; empty for equal weights.</param>
public sealed record UnseenLabels(IReadOnlyDictionary<string, int> Counts, int Rows, IReadOnlyList<double> Weights)
{
    private const int MostNames = 5;

    /// <summary>The classes whose names differ from a label in spelling only, by the label.</summary>
    public IReadOnlyDictionary<string, string> Alike { get; private init; } = new Dictionary<string, string>();

    /// <summary>The rows of other labels than a model's classes, apart from the rest.</summary>
    /// <param name="data">Rows with one label each.</param>
    /// <param name="classes">The model's classes.</param>
    /// <param name="seen">The rows of the model's classes, with labels that are indices into <paramref name="classes"/>.</param>
    /// <param name="rows">Their numbers in <paramref name="data"/>.</param>
    /// <returns>The other rows; null for none.</returns>
    /// <exception cref="InvalidDataException">No row has a label that is one of the classes.</exception>
    public static UnseenLabels? Split(DataSet data, IReadOnlyList<string> classes, out DataSet seen, out int[] rows)
    {
        Labels labels = data.Labels ?? throw new InvalidDataException("The rows have no labels.");
        int[] target = LabelMatching.Targets(labels.Names, classes), all = [.. Enumerable.Range(0, labels.Count)];
        rows = [.. all.Where(row => labels[row] < 0 || target[labels[row]] >= 0)];
        int[] others = [.. all.Where(row => labels[row] >= 0 && target[labels[row]] < 0)];
        var counts = new int[labels.Classes];
        foreach (int row in others)
            counts[labels[row]]++;

        UnseenLabels? unseen = Of(
            labels.Names, counts, classes, others.Length, data.Weights is null ? [] : [.. others.Select(row => data.Weights[row])]);
        if (unseen is not null && Array.TrueForAll(rows, row => labels[row] < 0))
        {
            string which = unseen.Counts.Count == 1 ? "which is none" : "which are none";
            throw new InvalidDataException(
                $"{others.Length} rows are labelled {Listed([.. unseen.Counts.Keys])}, {which} of the model's {classes.Count} classes: "
                + $"{Listed(classes)}. No row has a label that the model knows.");
        }

        seen = unseen is null ? data : data.Select(rows);
        seen = seen with { Labels = LabelMatching.ToClasses(seen.Labels!, classes) };
        return unseen;
    }

    /// <summary>A sentence on them.</summary>
    public string Note
    {
        get
        {
            IEnumerable<string> near = Alike.Take(MostNames).Select(pair => $"'{pair.Key}' differs from '{pair.Value}' in spelling only");
            string alike = Alike.Count == 0 ? "" : $"; {string.Join(", ", near)}";
            return $"{Rows} rows have a label that training never saw, {Listed([.. Counts.Keys])}: "
                + $"they count as wrong in the accuracy and are left out of all else{alike}";
        }
    }

    /// <summary>A sentence on them where rows have several labels.</summary>
    public string SetNote =>
        $"{Rows} rows have labels that training never saw, {Listed([.. Counts.Keys])}: those labels are left out of what is measured";

    /// <summary>The labels that are no classes; null for none.</summary>
    internal static UnseenLabels? Of(
        IReadOnlyList<string> names, int[] counts, IReadOnlyList<string> classes, int rows, IReadOnlyList<double> weights)
    {
        if (rows == 0)
            return null;

        var unseen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int k = 0; k < counts.Length; k++)
        {
            if (counts[k] > 0)
                unseen[names[k]] = counts[k];
        }

        return new UnseenLabels(unseen, rows, weights)
        {
            Alike = unseen.Keys.Select(name => (name, LabelSpelling.Alike(name, classes))).Where(pair => pair.Item2 is not null)
                .ToDictionary(pair => pair.name, pair => pair.Item2!, StringComparer.Ordinal),
        };
    }

    private static string Listed(IReadOnlyCollection<string> names) =>
        string.Join(", ", names.Take(MostNames).Select(name => $"'{name}'"))
            + (names.Count > MostNames ? $" and {names.Count - MostNames} more" : "");
}
