namespace Credence.Evaluation.Results;

/// <summary>Which group each row belongs to, such as a region or an age band.</summary>
public sealed class RowGroups
{
    /// <summary>Makes groups.</summary>
    /// <param name="indices">One group index a row.</param>
    /// <param name="names">The groups' names.</param>
    /// <exception cref="ArgumentException">An index is outside the list of names.</exception>
    public RowGroups(IReadOnlyList<int> indices, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(indices);
        ArgumentNullException.ThrowIfNull(names);
        for (int row = 0; row < indices.Count; row++)
        {
            if (indices[row] < 0 || indices[row] >= names.Count)
                throw new ArgumentException(
                    $"'{nameof(indices)}' row {row} is {indices[row]}; with {names.Count} groups it must be 0 to {names.Count - 1}.",
                    nameof(indices));
        }

        Indices = indices;
        Names = names;
    }

    /// <summary>One group index a row.</summary>
    public IReadOnlyList<int> Indices { get; }

    /// <summary>The groups' names.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Groups of equal texts, in ordinal order; rows without one form the group "missing".</summary>
    /// <param name="texts">One text per row, or null.</param>
    public static RowGroups Of(IReadOnlyList<string?> texts)
    {
        string[] names = [.. texts.Select(text => text ?? "missing").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < names.Length; i++)
            index[names[i]] = i;
        return new RowGroups([.. texts.Select(text => index[text ?? "missing"])], names);
    }

    /// <summary>The groups of the given rows.</summary>
    public RowGroups Select(IEnumerable<int> rows) => new([.. rows.Select(row => Indices[row])], Names);
}
