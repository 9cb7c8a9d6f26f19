using System.Globalization;
using Credence.Files.Inputs;

namespace Credence.Files.Records;

/// <summary>Assigns the roles of the options, such as label and weight, to columns.</summary>
internal static class ColumnRoles
{
    /// <summary>The role of each column.</summary>
    /// <param name="file">The file's name for messages.</param>
    /// <param name="names">The columns' names.</param>
    /// <param name="options">The read options.</param>
    /// <param name="isLenient">Whether a missing column is allowed: data to predict needs no label.</param>
    /// <exception cref="ArgumentException">There is no such column: the message lists the columns.</exception>
    public static ColumnRole[] Of(string file, IReadOnlyList<string> names, ReadOptions options, bool isLenient)
    {
        var roles = new ColumnRole[names.Count];
        foreach (string dropped in options.Drop)
            Set(dropped, ReadOptionNames.Drop, ColumnRole.LeftOut);

        Set(options.Group, ReadOptionNames.Group, ColumnRole.Group);
        Set(options.SplitByTime, ReadOptionNames.SplitByTime, ColumnRole.Time);
        Set(options.SplitColumn, ReadOptionNames.SplitColumn, ColumnRole.Split);
        Set(options.Weight, ReadOptionNames.Weight, ColumnRole.Weight);
        foreach (string label in Labels(names, options))
            Set(label, ReadOptionNames.Label, ColumnRole.Label);

        return roles;

        void Set(string? column, string option, ColumnRole role)
        {
            if (column is not null && Find(file, names, column, option, isLenient) is >= 0 and int found)
                roles[found] = role;
        }
    }

    /// <summary>The label's column, or several separated by commas where no column has the whole as its name.</summary>
    private static IEnumerable<string> Labels(IReadOnlyList<string> names, ReadOptions options) =>
        options.LabelColumns() is [_, _, ..] several && !names.Contains(several[0], StringComparer.Ordinal) ? several.Skip(1)
            : options.Label is { } one ? [one] : [];

    /// <summary>The position of a column given by its exact name, or else by its 1-based number, negative from the end; −1 where it isn't
    /// there and that is allowed.</summary>
    /// <exception cref="ArgumentException">There is no such column: the message lists the columns.</exception>
    public static int Find(string file, IReadOnlyList<string> names, string column, string option, bool isLenient)
    {
        int exact = names.IndexOf(column);
        if (exact >= 0)
            return exact;

        if (int.TryParse(column, CultureInfo.InvariantCulture, out int number))
        {
            if (number >= 1 && number <= names.Count)
                return number - 1;

            if (number <= -1 && number >= -names.Count)
                return names.Count + number;

            if (!isLenient)
                throw new ArgumentException($"{option} {number}: {file} has {names.Count} columns, so a number must be 1 to "
                    + $"{names.Count}, or −1 to −{names.Count} from the end.");
        }

        if (isLenient)
            return -1;

        string? near = NearestName.Of(column, names);
        throw new ArgumentException(
            $"{option} '{column}': {file} has no such column. It has {NameDisplay.List(names, 60)}.{(near is null ? "" : $" Did you mean "
                + $"'{near}'?")}");
    }
}
