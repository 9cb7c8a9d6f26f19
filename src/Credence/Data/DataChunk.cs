using Credence.Data.Columns;

namespace Credence.Data;

/// <summary>A chunk of rows as read from the data: features and, where the options name them, labels, weights, groups, split and
/// times.</summary>
/// <param name="Features">The columns a model may use.</param>
/// <param name="FirstRow">The 0-based number, in all the data, of the first row here.</param>
public sealed record DataChunk(Table Features, long FirstRow)
{
    private const int MostNames = 12;

    /// <summary>The labels by name; null where there are none, or several per row.</summary>
    public CategoryColumn? Labels { get; init; }

    /// <summary>The labels where a row has several; null where it has one or none.</summary>
    public LabelSets? LabelSets { get; init; }

    /// <summary>The weight of each row, or null.</summary>
    public double[]? Weights { get; init; }

    /// <summary>The group of each row, or null.</summary>
    public CategoryColumn? Groups { get; init; }

    /// <summary>The part of the split that each row belongs to, or null.</summary>
    public CategoryColumn? Split { get; init; }

    /// <summary>The time of each row as an increasing number (ticks, for dates), or null; NaN where missing.</summary>
    public double[]? Times { get; init; }

    /// <summary>The columns that are carried through.</summary>
    public IReadOnlyList<KeptColumn> Kept { get; init; } = [];

    /// <summary>The positive label of two, or null.</summary>
    public string? Positive { get; init; }

    /// <summary>The number of rows.</summary>
    public int Rows => Features.Rows;

    /// <summary>The place of each row in its file; null where the rows come from no file.</summary>
    public RowPlaces? Places { get; init; }

    /// <summary>The place of a row, with which a message about it begins.</summary>
    /// <param name="row">0-based, in this chunk.</param>
    public string PlaceOf(int row) => Places?[row].ToString() ?? $"row {FirstRow + row} (counted from 0)";

    /// <summary>Features, labels and weights as a part of a stream. The classes are those of this chunk only, in the order of
    /// <see cref="Data.Labels.From(CategoryColumn)"/>; the positive class is known only from the whole stream.</summary>
    /// <exception cref="InvalidDataException">There are no labels, or rows with several.</exception>
    public DataSet ToStreamedPart() => LabelSets is not null
        ? throw new InvalidDataException("Rows with several labels can't be streamed; each row needs one label.")
        : new(Features, Data.Labels.From(Labels ?? throw new InvalidDataException("The rows have no labels.")))
        {
            Weights = Weights,
            Places = Places,
        };

    /// <summary>Features, labels, weights and groups for training or evaluation. Classes are in the order of
    /// <see cref="Data.Labels.From(CategoryColumn)"/>.</summary>
    /// <exception cref="InvalidDataException">The positive label is not one of exactly two labels.</exception>
    public DataSet ToDataSet() => new(Features, Labels is null ? null : Ordered(Data.Labels.From(Labels)))
    {
        LabelSets = LabelSets,
        Weights = Weights,
        Groups = Groups is null ? null : GroupNumbers(Groups),
        Places = Places,
    };

    /// <summary>The same classes with the positive one second.</summary>
    private Labels Ordered(Labels labels)
    {
        if (Positive is null)
            return labels;

        int second = LabelMatching.Targets([Positive], labels.Names)[0];
        if (labels.Classes != 2 || second < 0)
        {
            string names = string.Join(", ", labels.Names.Take(MostNames).Select(name => $"'{name}'"));
            string more = labels.Classes > MostNames ? $" and {labels.Classes - MostNames} more" : "";
            string are = labels.Classes == 1 ? "is" : "are";
            throw new InvalidDataException(
                $"'{Positive}' can't be the positive label: it needs two labels, one of them '{Positive}'; there {are} {names}{more}.");
        }

        if (second == 1)
            return labels;

        int[] swapped = labels.Indices.ToArray();
        for (int row = 0; row < swapped.Length; row++)
            swapped[row] = swapped[row] < 0 ? swapped[row] : 1 - swapped[row];

        return new Labels(swapped, [labels.Names[1], labels.Names[0]]);
    }

    /// <summary>A number for each group; a row without a group is a group of its own.</summary>
    private static int[] GroupNumbers(CategoryColumn groups)
    {
        int[] numbers = groups.Codes.ToArray();
        int next = groups.Categories.Count;
        for (int row = 0; row < numbers.Length; row++)
        {
            if (numbers[row] < 0)
                numbers[row] = next++;
        }

        return numbers;
    }
}
