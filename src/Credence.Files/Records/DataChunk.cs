using Credence.Data;
using Credence.Data.Columns;
using Credence.Files.Inputs;

namespace Credence.Files.Records;

/// <summary>Rows as they were read, with all that the options asked for beside the features.</summary>
/// <param name="Features">The columns a model may use.</param>
/// <param name="FirstRow">The 0-based number, in all the data, of the first row here.</param>
public sealed record DataChunk(Table Features, long FirstRow)
{
    /// <summary>The labels by name; null where there are none, or several a row.</summary>
    public CategoryColumn? Labels { get; init; }

    /// <summary>The labels where a row has several; null where it has one or none.</summary>
    public LabelSets? LabelSets { get; init; }

    /// <summary>How much each row counts, or null.</summary>
    public double[]? Weights { get; init; }

    /// <summary>The group of each row, or null.</summary>
    public CategoryColumn? Groups { get; init; }

    /// <summary>The part of the split each row is in, or null.</summary>
    public CategoryColumn? Split { get; init; }

    /// <summary>The time of each row, as a number that rises with it (ticks, for dates), or null; NaN where missing.</summary>
    public double[]? Times { get; init; }

    /// <summary>Of two labels the one that counts as positive, or null.</summary>
    public string? Positive { get; init; }

    /// <summary>The number of rows.</summary>
    public int Rows => Features.Rows;

    /// <summary>The place of every row.</summary>
    internal Func<int, RowPlace> Places { get; init; } = row => RowPlace.OfRow("the data's", row);

    /// <summary>Where a row stands in its file.</summary>
    /// <param name="row">0-based, in this chunk.</param>
    public RowPlace PlaceOf(int row) => Places(row);

    /// <summary>Features, labels, weights and groups for learning or measuring. Classes are in the order of <see cref="Data.Labels.From"/>.</summary>
    /// <exception cref="InvalidDataException">The positive label is none of two labels.</exception>
    public DataSet ToDataSet() => new(Features, Labels is null ? null : Ordered(Credence.Data.Labels.From(Labels)))
    {
        LabelSets = LabelSets,
        Weights = Weights,
        Groups = Groups is null ? null : GroupNumbers(Groups),
    };

    /// <summary>The same classes with the positive one second.</summary>
    private Labels Ordered(Labels labels)
    {
        if (Positive is null)
            return labels;

        if (labels.Classes != 2 || !labels.Names.Contains(Positive, StringComparer.Ordinal))
        {
            throw new InvalidDataException(
                $"'{Positive}' can't be the positive label: it needs two labels, one of them '{Positive}'; there {(labels.Classes == 1 ? "is" : "are")} {NameDisplay.List(labels.Names)}.");
        }

        if (labels.Names[1] == Positive)
            return labels;

        int[] swapped = labels.Indices.ToArray();
        for (int row = 0; row < swapped.Length; row++)
            swapped[row] = swapped[row] < 0 ? swapped[row] : 1 - swapped[row];

        return new Labels(swapped, [labels.Names[1], labels.Names[0]]);
    }

    /// <summary>A number a group; a row without one is a group of its own.</summary>
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
