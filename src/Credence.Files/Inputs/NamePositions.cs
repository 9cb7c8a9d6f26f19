namespace Credence.Files.Inputs;

/// <summary>The positions of names in a list, where many are looked up: a search of the list for each would take quadratic time.</summary>
/// <param name="names">The names; of equal ones the first counts.</param>
internal sealed class NamePositions(IReadOnlyList<string> names)
{
    private readonly Dictionary<string, int> positions =
        names.Select((name, i) => (name, i)).DistinctBy(pair => pair.name, StringComparer.Ordinal)
        .ToDictionary(pair => pair.name, pair => pair.i, StringComparer.Ordinal);

    /// <summary>A name's position, or −1.</summary>
    public int Of(string name) => positions.GetValueOrDefault(name, -1);
}
