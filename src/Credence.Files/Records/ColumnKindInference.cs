using Credence.Data;
using Credence.Data.Columns;
using Credence.Files.Inputs;

namespace Credence.Files.Records;

/// <summary>Infers a column's kind from its cells, or leaves the column out as uninformative.</summary>
/// <param name="options">The read options.</param>
/// <param name="isNamed">Whether the file names its columns.</param>
/// <param name="point">The sign of decimals in other columns; null for none.</param>
/// <param name="order">The order of dates in other columns; null for none.</param>
/// <param name="notes">Receives the findings.</param>
internal sealed class ColumnKindInference(ReadOptions options, bool isNamed, char? point, DateOrder? order, List<string> notes)
{
    private const int FewValues = 20;

    /// <summary>What the cells of a column are.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="position">Its 0-based position.</param>
    /// <param name="profile">The profile of its cells.</param>
    /// <exception cref="InvalidDataException">Nearly all cells are numbers, and a few are not.</exception>
    public ColumnFinding Infer(string name, int position, ColumnProfile profile)
    {
        string shown = NameDisplay.Shortened(name);
        if (profile.Present == 0)
            return LeftOut($"column '{shown}' is empty and left out.", "empty", null);

        NumberFormat way = NumberChoice.Of(profile, options, point);
        long numbers = profile.Evidence.Count(way);
        if (numbers == profile.Present && profile.Evidence.OtherMark is null)
            return OfNumbers(name, position, profile, way);

        if (Dates(profile) is { } dates)
            return dates;

        (string? odd, RowPlace place) = profile.Evidence.FirstOdd(way);
        if (odd is not null && numbers * 10 > profile.Present * 9 && profile.Distinct > 20 && profile.Evidence.DistinctOdd(way) <= 3)
        {
            string cell = NameDisplay.Shortened(odd);
            throw new InvalidDataException(
                $"{place}, column '{shown}': '{cell}' is not a number. Set {ReadOptionNames.Missing} to '{cell}' to read it as missing.");
        }

        if (odd is null)
        {
            string marks = $"'{profile.Evidence.Mark}' and '{profile.Evidence.OtherMark}'";
            notes.Add($"column '{shown}' is read as names, because its numbers are of two kinds, {marks} ({ReadOptionNames.Number}).");
            return OfNames(shown, profile, $"numbers of two kinds, {marks}", ReadOptionNames.Number);
        }

        if (numbers * 2 <= profile.Present)
            return OfNames(shown, profile, null, null);

        notes.Add($"column '{shown}' is read as names, because not all its cells are numbers (first: {place}, "
            + $"'{NameDisplay.Shortened(odd)}'; {ReadOptionNames.Missing}).");
        return OfNames(shown, profile, $"not all are numbers: '{NameDisplay.Shortened(odd)}'", ReadOptionNames.Missing);
    }

    /// <summary>The kind that a date or a number has in a column that an option gives a role.</summary>
    public ColumnFinding OfTime(ColumnProfile profile) =>
        profile.Numbers == profile.Present ? new ColumnFinding(ColumnKind.Number) : Dates(profile) ?? new ColumnFinding(ColumnKind.Date);

    /// <summary>A column that an option asks to read as numbers.</summary>
    public ColumnFinding AskedNumber(ColumnProfile profile) =>
        Number(profile, NumberChoice.Of(profile, options, point), "as asked", ReadOptionNames.Number);

    private ColumnFinding OfNumbers(string name, int position, ColumnProfile profile, NumberFormat way)
    {
        string shown = NameDisplay.Shortened(name);
        bool isUsual = profile.Numbers == profile.Present;
        if (isUsual && (profile.Evidence.ZeroFirst ?? profile.Evidence.Long) is { } code)
        {
            string why = profile.Evidence.ZeroFirst is null ? $"'{code}' has more digits than a number keeps"
                : $"'{NameDisplay.Shortened(code)}' begins with 0";
            if (profile.IsAllDistinct && profile.Present >= FewValues && options.Kind != "interactions")
            {
                return LeftOut(
                    $"column '{shown}' is an identifier, distinct in every row ({why}), and is left out "
                        + $"({ReadOptionNames.Category} or {ReadOptionNames.Number} '{shown}' reads it).",
                    "an identifier, distinct in every row", ReadOptionNames.Category);
            }

            notes.Add($"column '{shown}' is read as codes: {why} ({ReadOptionNames.Number} '{shown}' reads numbers).");
            return new ColumnFinding(ColumnKind.Category, $"codes: {why}", ReadOptionNames.Number);
        }

        if (isUsual && options.Kind != "interactions" && IsIdentifier(name, position, profile))
        {
            return LeftOut(
                $"column '{shown}' is an identifier, distinct in every row, and is left out "
                    + $"({ReadOptionNames.Label}, {ReadOptionNames.Group} or {ReadOptionNames.Text} '{shown}' give it a role).",
                "an identifier, distinct in every row", ReadOptionNames.Number);
        }

        if (isUsual)
        {
            bool isFew = profile.IsWhole && !profile.IsAllDistinct && profile.Distinct <= FewValues && profile.Distinct > 2;
            return isFew ? Number(profile, way, $"{profile.Distinct} whole numbers", ReadOptionNames.Category)
                : Number(profile, way, null, null);
        }

        string mark = profile.Evidence.Mark is { Length: > 0 } sign ? $", {sign} left off" : "";
        return Number(profile, way, $"written like {way.Name}{mark}", ReadOptionNames.Decimal);
    }

    private static ColumnFinding Number(ColumnProfile profile, NumberFormat way, string? reason, string? remedy) =>
        new(ColumnKind.Number, reason, remedy)
        {
            Format = way == NumberFormat.Usual && profile.Evidence.Mark is null or "" ? null : new CellFormat(way, null),
        };

    private ColumnFinding? Dates(ColumnProfile profile)
    {
        if (profile.Numbers > 0 || !profile.Dates.TryOrder(CellFormat.Order(options), order, out DateOrder? found))
            return null;

        return new ColumnFinding(ColumnKind.Date)
        {
            Format = found is null ? null : new CellFormat(null, found),
            Reason = found switch
            {
                DateOrder.Dmy => "day, month, year",
                DateOrder.Mdy => "month, day, year",
                DateOrder.Ymd => "year, month, day",
                _ => profile.Dates.IsAmbiguous ? "day and month by custom" : null,
            },
            Remedy = found is null && !profile.Dates.IsAmbiguous ? null : ReadOptionNames.DateOrder,
        };
    }

    private ColumnFinding LeftOut(string note, string reason, string? remedy)
    {
        notes.Add(note);
        return new ColumnFinding(null, reason, remedy);
    }

    private ColumnFinding OfNames(string shown, ColumnProfile profile, string? reason, string? remedy)
    {
        double words = (double)(profile.Words + profile.Numbers) / profile.Present;
        double different = (double)profile.Distinct / profile.Present;
        if (words < 1.2 && different > 0.95 && profile.Present >= 20 && options.Kind != "text")
        {
            return LeftOut(
                $"column '{shown}' has a distinct value in nearly every row and is left out ({ReadOptionNames.Text} '{shown}' reads it).",
                "distinct in nearly every row", ReadOptionNames.Text);
        }

        return new ColumnFinding(
            options.Kind == "text" ? ColumnKind.Text : WrittenKind.Of(profile.Present, profile.Distinct, profile.Words + profile.Numbers),
            reason,
            remedy);
    }

    /// <summary>Whether numbers are identifiers: all whole and distinct, and consecutive, or named as an identifier, or, where nothing
    /// has a name, first and spread far wider than a count of the rows.</summary>
    private bool IsIdentifier(string name, int position, ColumnProfile profile)
    {
        if (!profile.IsWhole || !profile.IsAllDistinct || profile.Present < FewValues)
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
