using System.Text.Json.Nodes;
using Credence.Data.Columns;
using Credence.Features.Matrices;
using Credence.Features.Options;
using Credence.Persistence;

namespace Credence.Features.Columns;

/// <summary>A one-hot category: a feature for each frequent name, one for all others, and one for missing where that occurred
/// in training. An unseen name counts as one of the others; where there were none in training, all features are 0.</summary>
internal sealed class CategoryEncoder : IColumnEncoder
{
    private const string Kind = "category";
    private readonly string[] kept;
    private readonly Dictionary<string, int> features = new(StringComparer.Ordinal);
    private readonly int other = -1;
    private readonly int missing = -1;

    private CategoryEncoder(string column, string[] kept, bool hasOther, bool hasMissing)
    {
        this.kept = kept;
        Input = new ColumnSchema(column, ColumnKind.Category);
        var names = new List<string>(kept.Length + 2);
        foreach (string name in kept)
        {
            if (!features.TryAdd(name, names.Count))
                throw new InvalidDataException($"The model's description has category '{name}' of column '{column}' twice.");

            names.Add($"{column}={name}");
        }

        if (hasOther)
        {
            other = names.Count;
            names.Add($"{column} is another");
        }

        if (hasMissing)
        {
            missing = names.Count;
            names.Add($"{column} is missing");
        }

        Names = names;
    }

    /// <summary>The kind's entry in <see cref="ColumnEncodings"/>.</summary>
    public static ColumnEncoding Encoding { get; } = new(
        ColumnKind.Category,
        Kind,
        "categories",
        (IColumn column, FeatureOptions options, CancellationToken _, out string? leftOut) =>
            Fit((CategoryColumn)column, options, out leftOut),
        (saved, _, _) => Load(saved));

    public ColumnSchema Input { get; }

    public IReadOnlyList<string> Names { get; }

    public int Width => Names.Count;

    public bool HidesMissing => missing < 0;

    public IReadOnlyList<SplitColumn> SplitColumns => [new SplitColumn(0, Width, -1, true)];

    public double TypicalNonzeros => 1;

    /// <summary>Fits the encoder; null, with the reason, where the column has no usable variation.</summary>
    public static CategoryEncoder? Fit(CategoryColumn column, FeatureOptions options, out string? leftOut)
    {
        var counts = new int[column.Categories.Count];
        int absent = 0;
        foreach (int code in column.Codes)
        {
            if (code < 0)
                absent++;
            else
                counts[code]++;
        }

        int[] met = [.. Enumerable.Range(0, counts.Length).Where(code => counts[code] > 0)];
        leftOut = met.Length == 0 ? $"column '{column.Name}' is empty in every row: left out"
            : met.Length == 1 && absent == 0 ? $"column '{column.Name}' is '{column.Categories[met[0]]}' in every row: left out"
            : null;
        if (leftOut is not null)
            return null;

        string[] kept =
        [
            .. met.Where(code => counts[code] >= options.MinCategoryRows)
                .OrderByDescending(code => counts[code])
                .ThenBy(code => column.Categories[code], StringComparer.Ordinal)
                .Take(options.MaxCategories)
                .Select(code => column.Categories[code])
                .Order(StringComparer.Ordinal),
        ];
        if (kept.Length == 0 && absent == 0)
        {
            leftOut = $"column '{column.Name}' has no value in {options.MinCategoryRows} rows or more: left out";
            return null;
        }

        return new CategoryEncoder(column.Name, kept, kept.Length < met.Length, absent > 0);
    }

    /// <summary>The number of rows whose name was unseen in training or too rare to be kept.</summary>
    public int CountUnseen(CategoryColumn column)
    {
        int unseen = 0;
        bool[] known = [.. column.Categories.Select(features.ContainsKey)];
        foreach (int code in column.Codes)
            unseen += code >= 0 && !known[code] ? 1 : 0;

        return unseen;
    }

    public IColumn? Convert(IColumn column, out int failed)
    {
        failed = 0;
        return column.Texts() is { } texts ? CategoryColumn.FromNames(column.Name, texts) : null;
    }

    public IColumn Missing(int rows)
    {
        var missing = new int[rows];
        Array.Fill(missing, -1);
        return new CategoryColumn(Input.Name, missing, []);
    }

    public string? Remark(IColumn column) => CountUnseen((CategoryColumn)column) is var unseen and > 0
        ? $"column '{Input.Name}' has a category unseen or rare in training in {unseen} of {column.Count} rows: it counts as 'another'"
        : null;

    public RowEncoder Read(IColumn column)
    {
        var categories = (CategoryColumn)column;
        int[] featureOf = [.. categories.Categories.Select(name => features.GetValueOrDefault(name, other))];
        return (row, output) =>
        {
            int code = categories.Codes[row];
            int feature = code < 0 ? missing : featureOf[code];
            if (feature >= 0)
                output.Set(feature, 1);
        };
    }

    public JsonObject Save(NamedTensors tensors, string prefix) => new()
    {
        ["kind"] = Kind,
        ["column"] = Input.Name,
        ["categories"] = kept.ToJson(),
        ["other"] = other >= 0,
        ["missing"] = missing >= 0,
    };

    public static CategoryEncoder Load(JsonObject saved) =>
        new(saved.Text("column"), saved.Texts("categories"), saved.Flag("other"), saved.Flag("missing"));
}
