using System.Globalization;
using Credence.Files.Inputs;

namespace Credence.Files.Delimited;

/// <summary>What the options and a model say of the names in a file's header.</summary>
internal sealed class ExpectedNames
{
    private readonly HashSet<string> known;
    private readonly HashSet<string> roles;

    /// <summary>The names of the columns that options name and of those a model needs.</summary>
    /// <param name="options">The read options.</param>
    /// <param name="known">The names of a model's columns; null where there is no model.</param>
    public ExpectedNames(ReadOptions options, IReadOnlyCollection<string>? known)
    {
        this.known = [.. known ?? []];
        Headerless = options.Layout is { IsNamed: false } layout ? layout.Columns.Select(column => column.Name).ToHashSet() : null;
        IEnumerable<string?> named = [options.Text, options.Weight, options.Group, options.SplitColumn, options.SplitByTime];
        roles = [.. named.OfType<string>().Concat(options.Drop).Concat(options.LabelColumns()).Where(IsName)];
        bool IsName(string column) => !int.TryParse(column, CultureInfo.InvariantCulture, out _) && Headerless?.Contains(column) != true;
    }

    /// <summary>The numbered names of a model's columns where its data had no header; null otherwise.</summary>
    public IReadOnlySet<string>? Headerless { get; }

    /// <summary>Whether a cell names a column that an option names or a model needs.</summary>
    public bool Has(string cell) => roles.Contains(cell) || known.Contains(cell);

    /// <summary>Whether a record names a column that an option names, or most of those a model needs: then it is the header.</summary>
    public bool AreIn(string[] record) => record.Any(roles.Contains)
        || (known.Count > 0 && record.Count(known.Contains) * 2 > Math.Min(record.Length, known.Count));

    /// <summary>Whether a cell is nearly a name that a model needs, and so a misspelt one.</summary>
    public bool IsNear(string cell) => cell.Length is >= 3 and <= 60 && known.Any(name => NearestName.IsSlip(cell, name));
}
