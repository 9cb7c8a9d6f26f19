namespace Credence.Data;

/// <summary>Matches labels from another file to a model's classes: by name, or else by value (<see cref="LabelValue"/>).</summary>
public static class LabelMatching
{
    /// <summary>Label sets in the order of <paramref name="classes"/>; labels that are none of them are left out.</summary>
    /// <param name="labels">Label sets with their own list of names.</param>
    /// <param name="classes">The model's classes.</param>
    /// <param name="unseen">The labels that were left out.</param>
    public static LabelSets ToClasses(LabelSets labels, IReadOnlyList<string> classes, out UnseenLabels? unseen)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(classes);
        int[] target = Targets(labels.Names, classes);
        var counts = new int[labels.Classes];
        int rows = 0;
        var matched = new int[labels.Count][];
        for (int row = 0; row < matched.Length; row++)
        {
            ReadOnlySpan<int> set = labels[row];
            bool isUnseen = false;
            foreach (int k in set)
            {
                counts[k] += target[k] < 0 ? 1 : 0;
                isUnseen |= target[k] < 0;
            }

            rows += isUnseen ? 1 : 0;
            matched[row] = [.. set.ToArray().Select(k => target[k]).Where(k => k >= 0).Distinct().Order()];
        }

        unseen = UnseenLabels.Of(labels.Names, counts, classes, rows, []);
        return labels.Names.SequenceEqual(classes, StringComparer.Ordinal) ? labels : LabelSets.From(matched, classes);
    }

    /// <summary>The labels as indices into <paramref name="classes"/>.</summary>
    /// <param name="labels">Labels with their own list of names.</param>
    /// <param name="classes">The model's classes.</param>
    /// <exception cref="InvalidDataException">A label that is used is none of the classes.</exception>
    public static Labels ToClasses(Labels labels, IReadOnlyList<string> classes)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(classes);
        int[] counts = labels.Counts(), target = Targets(labels.Names, classes);
        for (int k = 0; k < target.Length; k++)
        {
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

    /// <summary>The class that each of some names is; <see cref="Labels.Missing"/> for none.</summary>
    /// <param name="names">The names of labels.</param>
    /// <param name="classes">The model's classes.</param>
    internal static int[] Targets(IReadOnlyList<string> names, IReadOnlyList<string> classes)
    {
        var exact = new Dictionary<string, int>(classes.Count, StringComparer.Ordinal);
        var byValue = new Dictionary<string, int>(classes.Count, StringComparer.Ordinal);
        for (int k = 0; k < classes.Count; k++)
        {
            exact.Add(classes[k], k);

            // Two classes of one value are told apart by their names alone.
            string value = LabelValue.Of(classes[k]);
            if (!byValue.TryAdd(value, k))
                byValue[value] = Labels.Missing;
        }

        return [.. names.Select(name => exact.TryGetValue(name, out int k) ? k
            : byValue.GetValueOrDefault(LabelValue.Of(name), Labels.Missing))];
    }
}
