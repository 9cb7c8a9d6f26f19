using System.Diagnostics.CodeAnalysis;
using Credence.Data.Columns;

namespace Credence.Data;

/// <summary>Rows for training or evaluation: features, true classes, weights and groups.</summary>
public sealed record DataSet
{
    /// <summary>Rows with their true classes.</summary>
    /// <param name="features">The columns a model may use.</param>
    /// <param name="labels">The true classes, one per row, or null where there are none.</param>
    /// <exception cref="ArgumentException">There is not one label per row.</exception>
    public DataSet(Table features, Labels? labels)
    {
        ArgumentNullException.ThrowIfNull(features);
        if (labels is not null && labels.Count != features.Rows)
            throw new ArgumentException($"There are {features.Rows} rows and {labels.Count} labels; there must be as many.",
                nameof(labels));

        Features = features;
        Labels = labels;
    }

    /// <summary>Rows made of objects: one property is the label, every other one a column (see <see cref="Table.From{T}(IEnumerable{T},
    /// ObjectOptions)"/>).</summary>
    /// <param name="rows">The objects.</param>
    /// <param name="label">The property that names the class: a string, an enum, a bool or a whole number; null is unknown. A property of
    /// several strings names the classes of a row that may have several, or none (<see cref="LabelSets"/>).</param>
    /// <param name="options">Properties to leave out, kinds of columns, weights and groups.</param>
    /// <exception cref="ArgumentException">A row is null, there is no such property, or one has a type that no column holds.</exception>
    public static DataSet From<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(
        IEnumerable<T> rows, string label, ObjectOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(label);
        options ??= new ObjectOptions();
        T[] all = [.. rows];
        var table = Table.From(all, options with { Except = [.. options.Except, label] });
        bool several = ObjectRows.Property(all, label).Type is var type && type != typeof(string)
            && type.IsAssignableTo(typeof(IEnumerable<string>));
        return new DataSet(table, several ? null : Labels.From(Names(label)))
        {
            LabelSets = several ? Data.LabelSets.From(ObjectRows.Property(all, label).Values.Cast<IEnumerable<string>?>()) : null,
            Description = $"{all.Length} objects of type {typeof(T).Name}, label '{label}'",
            Weights = options.Weight is { } weight ? [.. ObjectRows.Property(all, weight).Values.Select(ObjectCells.Number)] : null,
            Groups = options.Group is { } group ? CategoryColumn.FromNames(group, Names(group)).Codes.ToArray() : null,
        };

        string?[] Names(string property) => [.. ObjectRows.Property(all, property).Values.Select(ObjectCells.Text)];
    }

    /// <summary>Rows of numbers with the names of their classes: one column, "value".</summary>
    /// <param name="rows">One array of numbers per row, all of the same length; NaN is missing.</param>
    /// <param name="labels">The name of each row's class; null is unknown.</param>
    /// <exception cref="ArgumentException">The rows differ in length, or there is not one label per row.</exception>
    public static DataSet From(IEnumerable<float[]> rows, IEnumerable<string?> labels) =>
        Of(rows, labels, "rows of numbers");

    /// <summary>Texts with the names of their classes: one column, "value".</summary>
    /// <param name="texts">One text per row.</param>
    /// <param name="labels">The name of each text's class; null is unknown.</param>
    /// <exception cref="ArgumentException">There is not one label per row.</exception>
    public static DataSet From(IEnumerable<string> texts, IEnumerable<string?> labels) =>
        Of(texts, labels, "texts", ColumnKind.Text);

    private static DataSet Of<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(
        IEnumerable<T> rows, IEnumerable<string?> labels, string what, ColumnKind? kind = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(labels);
        var table = ObjectRows.Table([.. rows], _ => true, _ => kind);
        return new DataSet(table, Labels.From(labels)) { Description = $"{table.Rows} {what}" };
    }

    /// <summary>The columns a model may use.</summary>
    public Table Features { get; init; }

    /// <summary>The true classes, or null where there are none.</summary>
    public Labels? Labels { get; init; }

    /// <summary>The data in a few words, which a model trained on them keeps; empty where a caller describes them.</summary>
    public string Description { get; init; } = "";

    /// <summary>The number of rows.</summary>
    public int Rows => Features.Rows;

    /// <summary>The true classes where a row may have several, or none; null where it has one.</summary>
    public LabelSets? LabelSets { get; init; }

    /// <summary>The strata that a split preserves the shares of: the labels, or the rarest label of each row where rows have several; null
    /// where there are none.</summary>
    public Labels? Strata => Labels ?? LabelSets?.Rarest();

    /// <summary>The weight of each row, or null where all weights are one.</summary>
    public double[]? Weights { get; init; }

    /// <summary>A number for each row's group (a person, a document); a split keeps the rows of a group together. Null where there are no
    /// groups.</summary>
    public int[]? Groups { get; init; }

    /// <summary>What rows equal in all feature columns are taken for.</summary>
    public RepeatedRows Repeats { get; init; }

    /// <summary>The place of each row in its file; null where the rows come from no file.</summary>
    public RowPlaces? Places { get; init; }

    /// <summary>The place of a row, with which a message about it begins, such as <c>orders.csv line 4017</c>.</summary>
    /// <param name="row">0-based.</param>
    public string PlaceOf(int row) => Places?[row].ToString() ?? $"row {row} (counted from 0)";

    /// <summary>The given rows, in the given order.</summary>
    public DataSet Select(ReadOnlySpan<int> rows) => new(Features.Select(rows), Labels?.Select(rows))
    {
        LabelSets = LabelSets?.Select(rows),
        Weights = Weights is null ? null : Gather.Rows(Weights, rows),
        Groups = Groups is null ? null : Gather.Rows(Groups, rows),
        Repeats = Repeats,
        Places = Places?.Select(rows),
        Description = Description,
    };
}
