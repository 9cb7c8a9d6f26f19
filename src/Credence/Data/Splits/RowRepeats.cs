using Credence.Data.Columns;

namespace Credence.Data.Splits;

/// <summary>Whether rows equal in all feature columns are copies of one case, or different cases of a population that has few distinct
/// rows; and why.</summary>
/// <remarks>
/// <para>Held-out rows should be as new as the rows to come. If a file holds copies, equal rows on both sides of a split let a model be
/// tested on what it was trained on. If a population has few distinct rows (four facts about each passenger), rows to come repeat known
/// ones; keeping equal rows together then tests the model only on combinations it never saw: the penalty comes out too strong and the
/// calibrator learns an artefact.</para>
/// <para>The evidence, in this order, with n rows, m distinct ones, and E pairs of equal rows:</para>
/// <list type="number">
/// <item>Copies, if nearly all rows belong to combinations whose counts are multiples of one number, and the combinations are
/// not a complete design: a file repeated as a whole.</item>
/// <item>A population, if a new row would rarely be new: at most a tenth of the rows occur once, which estimates the probability of
/// an unseen combination (Good 1953), combinations repeat three times on average, and no column of numbers alone tells the rows
/// apart.</item>
/// <item>Copies, if equal rows hardly ever disagree in their label (a twentieth as often as any two rows), and there are enough of them
/// to tell.</item>
/// <item>A population, if E ≤ 10 E₀, where E₀ = n(n − 1)/2 · Πⱼ aⱼ is the number of equal pairs if columns were independent and aⱼ is
/// the fraction of pairs equal in column j; and every column has few distinct values for the number of rows.</item>
/// <item>A population, if equal rows disagree in their label, by two standard errors, more than a fifth as often as any two rows.</item>
/// <item>Copies otherwise.</item>
/// </list>
/// </remarks>
public sealed record RowRepeats
{
    private const double ChanceFactor = 10, MostUnseen = 0.1, LeastMean = 3, NearlyAll = 0.95;
    private const int MostMultiple = 20, CodeValues = 50;

    private RowRepeats(RepeatedRows are, int repeated, int distinct, string reason)
    {
        Are = are;
        Repeated = repeated;
        Distinct = distinct;
        Reason = reason;
    }

    /// <summary>What equal rows are; never <see cref="RepeatedRows.Auto"/>.</summary>
    public RepeatedRows Are { get; }

    /// <summary>The number of rows that repeat an earlier row in all feature columns.</summary>
    public int Repeated { get; }

    /// <summary>The number of distinct rows.</summary>
    public int Distinct { get; }

    /// <summary>Why, as a clause: "equal rows disagree in their label". Empty where no row repeats.</summary>
    public string Reason { get; }

    /// <summary>The decision as a sentence for the user; null where no row repeats.</summary>
    public string? Note => Repeated == 0 ? null : Are == RepeatedRows.Copies
        ? $"equal rows are taken for copies of one case, which stay together: {Reason}"
        : $"equal rows are taken for different cases, each split on its own: {Reason}";

    /// <summary>The rows with the decision, where they have none yet.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="asked">What the caller knows.</param>
    public static DataSet Decided(DataSet data, RepeatedRows asked)
    {
        ArgumentNullException.ThrowIfNull(data);
        return data.Repeats != RepeatedRows.Auto ? data : data with { Repeats = Judge(data, asked).Are };
    }

    /// <summary>Decides what the repeated rows of a data set are.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="asked">What the caller knows; <see cref="RepeatedRows.Auto"/> decides from the data.</param>
    public static RowRepeats Judge(DataSet data, RepeatedRows asked = RepeatedRows.Auto)
    {
        ArgumentNullException.ThrowIfNull(data);
        ulong[] hashes = RowHash.Compute(data.Features);
        int[] counts = CountsOf(hashes);
        int repeated = data.Rows - counts.Length;
        RowRepeats Found(RepeatedRows are, string reason) => new(are, repeated, counts.Length, reason);

        if (asked != RepeatedRows.Auto)
            return Found(asked, repeated == 0 ? "" : "as the options say");

        if (repeated == 0)
            return Found(RepeatedRows.Copies, "");

        int[][] ofColumns = [.. data.Features.Columns.Select(column => CountsOf(column))];
        int[] distinct = Array.ConvertAll(ofColumns, counted => counted.Length);
        bool isTable = data.Features.Columns.All(column => column.Kind is ColumnKind.Number or ColumnKind.Category or ColumnKind.Date);
        if (MultipleOf(counts, data.Rows) is { } multiple && !IsComplete(distinct, counts.Length, data.Rows))
            return Found(RepeatedRows.Copies, $"rows occur {multiple} times each or a multiple of it");

        if (IsClosed(counts, data) && !TellsRowsApart(data.Features, distinct, counts.Length))
            return Found(RepeatedRows.Population, $"{counts.Length} distinct rows make up the data, and few occur once");

        LabelAgreement labels = LabelAgreement.Of(hashes, data.Strata);
        if (labels.IsThatOfCopies)
            return Found(RepeatedRows.Copies, "equal rows have equal labels");

        if (isTable && distinct.All(values => values <= Math.Max(data.Rows / 4, 2)) && IsChance(ofColumns, counts, data.Rows))
            return Found(RepeatedRows.Population, "rows are equal about as often as their columns' values are by chance");

        return labels.IsThatOfCases
            ? Found(RepeatedRows.Population, "equal rows disagree in their label")
            : Found(RepeatedRows.Copies, "more rows are equal than chance explains");
    }

    /// <summary>The number of pairs among equal things.</summary>
    private static double Pairs(int[] counts) => counts.Sum(count => count * (count - 1.0) / 2);

    /// <summary>How often each distinct hash occurs.</summary>
    private static int[] CountsOf(ReadOnlySpan<ulong> hashes)
    {
        var counts = new Dictionary<ulong, int>();
        foreach (ulong hash in hashes)
            counts[hash] = counts.GetValueOrDefault(hash) + 1;

        return [.. counts.Values];
    }

    private static int[] CountsOf(IColumn column)
    {
        var hashes = new ulong[column.Count];
        column.MixInto(hashes);
        return CountsOf(hashes);
    }

    /// <summary>The largest number, from 2, that divides the counts of nearly all rows; null where there is none.</summary>
    private static int? MultipleOf(int[] counts, int rows)
    {
        for (int multiple = MostMultiple; multiple >= 2; multiple--)
        {
            if (counts.Sum(count => count % multiple == 0 ? (long)count : 0) >= NearlyAll * rows)
                return multiple;
        }

        return null;
    }

    /// <summary>Whether every combination of the columns' values occurs, in columns of few values: a designed experiment.</summary>
    private static bool IsComplete(int[] distinct, int combinations, int rows)
    {
        double all = distinct.Aggregate(1.0, (product, values) => product * values);
        return all == combinations && combinations <= rows / 3;
    }

    private static bool IsChance(int[][] ofColumns, int[] counts, int rows)
    {
        double pairs = rows * (rows - 1.0) / 2;
        double expected = ofColumns.Aggregate(pairs, (product, counted) => product * (Pairs(counted) / pairs));
        return Pairs(counts) <= ChanceFactor * expected;
    }

    private static bool IsClosed(int[] counts, DataSet data) =>
        counts.Count(count => count == 1) <= MostUnseen * data.Rows && data.Rows >= LeastMean * counts.Length;

    /// <summary>Whether one column of numbers with many values has nearly as many of them as there are distinct rows: a measurement, which
    /// two cases rarely share.</summary>
    private static bool TellsRowsApart(Table table, int[] distinct, int combinations) =>
        table.Columns.Where((column, j) => column.Kind is not ColumnKind.Category
            && distinct[j] > CodeValues && distinct[j] >= 0.9 * combinations).Any();
}
