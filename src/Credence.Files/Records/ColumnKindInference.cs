using Credence.Data.Columns;
using Credence.Files.Inputs;

namespace Credence.Files.Records;

/// <summary>Infers a column's kind from its cells, or leaves the column out as uninformative.</summary>
internal static class ColumnKindInference
{
    /// <summary>The kind; null where the column is left out.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="position">Its 0-based position.</param>
    /// <param name="isNamed">Whether the file names its columns.</param>
    /// <param name="profile">The profile of its cells.</param>
    /// <param name="rowKind">The stated kind of the rows.</param>
    /// <param name="notes">Receives the findings.</param>
    /// <exception cref="InvalidDataException">Nearly all cells are numbers, and a few are not.</exception>
    public static ColumnKind? Infer(string name, int position, bool isNamed, ColumnProfile profile, string? rowKind, List<string> notes)
    {
        string shown = NameDisplay.Shortened(name);
        if (profile.Present == 0)
            return LeftOut($"column '{shown}' is empty and left out.");

        if (profile.Numbers == profile.Present)
        {
            return rowKind != "interactions" && IsIdentifier(name, position, isNamed, profile)
                ? LeftOut($"column '{shown}' is an identifier, distinct in every row, and is left out " +
                    $"({ReadOptionNames.Label}, {ReadOptionNames.Group} or {ReadOptionNames.Text} '{shown}' give it a role).")
                : ColumnKind.Number;
        }

        if (profile.Dates == profile.Present)
            return ColumnKind.Date;

        if (profile.Numbers * 10 > profile.Present * 9 && profile.Distinct > 20 && profile.DistinctOdd <= 3)
        {
            string odd = NameDisplay.Shortened(profile.FirstOdd!);
            throw new InvalidDataException(
                $"{profile.FirstOddPlace}, column '{shown}': '{odd}' is not a number. " +
                $"Set {ReadOptionNames.Missing} to '{odd}' to read it as missing.");
        }

        if (profile.Numbers * 2 > profile.Present)
        {
            notes.Add($"column '{shown}' is read as names, because not all its cells are numbers (first: {profile.FirstOddPlace}, " +
                $"'{NameDisplay.Shortened(profile.FirstOdd!)}'; {ReadOptionNames.Missing}).");
        }

        return OfNames(shown, profile, rowKind, LeftOut);

        ColumnKind? LeftOut(string note)
        {
            notes.Add(note);
            return null;
        }
    }

    private static ColumnKind? OfNames(string shown, ColumnProfile profile, string? rowKind, Func<string, ColumnKind?> leaveOut)
    {
        double words = (double)(profile.Words + profile.Numbers) / profile.Present;
        double different = (double)profile.Distinct / profile.Present;
        if (words < 1.2 && different > 0.95 && profile.Present >= 20 && rowKind != "text")
        {
            return leaveOut(
                $"column '{shown}' has a distinct value in nearly every row and is left out ({ReadOptionNames.Text} '{shown}' reads it).");
        }

        return rowKind == "text" ? ColumnKind.Text : WrittenKind.Of(profile.Present, profile.Distinct, profile.Words + profile.Numbers);
    }

    /// <summary>Whether numbers are identifiers: all whole and distinct, and consecutive, or named as an identifier, or, where nothing
    /// has a name, first and spread far wider than a count of the rows.</summary>
    private static bool IsIdentifier(string name, int position, bool isNamed, ColumnProfile profile)
    {
        if (!profile.IsWhole || !profile.IsAllDistinct || profile.Present < 20)
            return false;

        return profile.IsCounting || (isNamed ? IsIdentifierName(name) : position == 0 && profile.Max > 10.0 * profile.Present);
    }

    private static bool IsIdentifierName(string name)
    {
        string lower = name.ToLowerInvariant();
        return lower is "id" or "index" or "key" or "uuid" or "guid" or "nr" or "no" or "number" or "row" or "rowid" or "unnamed: 0"
            || lower.EndsWith("_id", StringComparison.Ordinal) || lower.EndsWith(" id", StringComparison.Ordinal)
            || lower.StartsWith("id_", StringComparison.Ordinal) || name.EndsWith("Id", StringComparison.Ordinal)
            || name.EndsWith("ID", StringComparison.Ordinal);
    }
}
