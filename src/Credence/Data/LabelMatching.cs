namespace Credence.Data;

/// <summary>Matches labels from another file to a model's classes by name.</summary>
public static class LabelMatching
{
    /// <summary>Label sets in the order of <paramref name="classes"/>.</summary>
    /// <param name="labels">Label sets with their own list of names.</param>
    /// <param name="classes">The model's classes.</param>
    /// <exception cref="InvalidDataException">A label that is used is none of the classes.</exception>
    public static LabelSets ToClasses(LabelSets labels, IReadOnlyList<string> classes)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(classes);
        if (labels.Names.SequenceEqual(classes, StringComparer.Ordinal))
            return labels;

        int[] all = [.. labels.Names.Select((_, k) => k)];
        int[] used = labels.Counts();
        Labels target = ToClasses(new Labels([.. all.Select(k => used[k] > 0 ? k : Labels.Missing)], labels.Names), classes);
        return LabelSets.From(Enumerable.Range(0, labels.Count)
            .Select(row => (int[])[.. labels[row].ToArray().Select(k => target[k]).Order()]), classes);
    }

    /// <summary>The labels as indices into <paramref name="classes"/>.</summary>
    /// <param name="labels">Labels with their own list of names.</param>
    /// <param name="classes">The model's classes.</param>
    /// <exception cref="InvalidDataException">A label that is used is none of the classes.</exception>
    public static Labels ToClasses(Labels labels, IReadOnlyList<string> classes)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(classes);
        var index = new Dictionary<string, int>(classes.Count, StringComparer.Ordinal);
        for (int k = 0; k < classes.Count; k++)
            index.Add(classes[k], k);

        int[] counts = labels.Counts();
        var target = new int[labels.Classes];
        for (int k = 0; k < target.Length; k++)
        {
            target[k] = index.TryGetValue(labels.Names[k], out int found) ? found : Labels.Missing;
            if (target[k] == Labels.Missing && counts[k] > 0)
            {
                throw new InvalidDataException(
                    $"{counts[k]} rows are labelled '{labels.Names[k]}', which is none of the model's {classes.Count} classes: "
                    + $"{string.Join(", ", classes.Take(10).Select(name => $"'{name}'"))}{(classes.Count > 10 ? ", …" : "")}.");
            }
        }

        var matched = new int[labels.Count];
        for (int row = 0; row < matched.Length; row++)
            matched[row] = labels[row] < 0 ? Labels.Missing : target[labels[row]];

        return new Labels(matched, classes);
    }
}
