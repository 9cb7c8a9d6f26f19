using Credence.Shift;

namespace Credence.Workflows;

/// <summary>The methods that estimate a shift of the class priors by name: em, bbse.</summary>
public static class LabelShiftNames
{
    private static readonly (string Name, LabelShiftMethod Method)[] Known =
        [("em", LabelShiftMethod.ExpectationMaximisation), ("bbse", LabelShiftMethod.BlackBox)];

    /// <summary>Every name.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Known.Select(known => known.Name)];

    /// <summary>The method of a name.</summary>
    /// <exception cref="ArgumentException">There is no such name.</exception>
    public static LabelShiftMethod Method(string name) => All.Contains(name)
        ? Array.Find(Known, known => known.Name == name).Method
        : throw new ArgumentException($"The method '{name}' is not known; {string.Join(", ", All)} are.", nameof(name));

    /// <summary>The name of a method.</summary>
    public static string NameOf(LabelShiftMethod method) => Array.Find(Known, known => known.Method == method).Name;
}
