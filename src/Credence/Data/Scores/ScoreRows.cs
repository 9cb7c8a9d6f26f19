using Credence.Data.Columns;

namespace Credence.Data.Scores;

/// <summary>The rows of a row-major matrix: all of them, or a selection. A small selection is copied; a large one is a view, as a second
/// matrix of very many scores costs more than most computations on it.</summary>
internal sealed class ScoreRows
{
    private const int MostCopied = 1 << 18;
    private readonly double[] values;
    private readonly int[]? chosen;
    private readonly Lazy<double[]>? gathered;

    /// <summary>A whole matrix.</summary>
    /// <param name="values">[rows, classes]; the object takes ownership.</param>
    /// <param name="classes">The number of classes, K.</param>
    /// <exception cref="ArgumentException">The length is not a multiple of <paramref name="classes"/>.</exception>
    public ScoreRows(double[] values, int classes)
    {
        ScoreShape.Check(values.Length, classes);
        this.values = values;
        (Count, Classes) = (values.Length / classes, classes);
    }

    private ScoreRows(double[] values, int[] chosen, int classes)
    {
        this.values = values;
        this.chosen = chosen;
        (Count, Classes) = (chosen.Length, classes);
        gathered = new Lazy<double[]>(() => Gather.Rows(values, chosen, classes));
    }

    /// <summary>The number of rows.</summary>
    public int Count { get; }

    /// <summary>The number of classes, K.</summary>
    public int Classes { get; }

    /// <summary>[rows, classes], contiguous; where the rows are not contiguous, a copy that is made once.</summary>
    public ReadOnlySpan<double> Values => gathered is null ? values : gathered.Value;

    /// <summary>One row.</summary>
    public ReadOnlySpan<double> this[int row] => values.AsSpan((chosen is null ? row : chosen[row]) * Classes, Classes);

    /// <summary>A range of rows as one contiguous block, copied to the buffer where they are not contiguous.</summary>
    /// <param name="from">The first.</param>
    /// <param name="to">The one after the last.</param>
    /// <param name="buffer">[to − from, classes].</param>
    public ReadOnlySpan<double> Block(int from, int to, Span<double> buffer)
    {
        if (chosen is null)
            return values.AsSpan(from * Classes, (to - from) * Classes);

        Gather.Copy(values, chosen.AsSpan(from..to), Classes, buffer);
        return buffer[..((to - from) * Classes)];
    }

    /// <summary>The given rows, in the given order.</summary>
    /// <exception cref="OverflowException">There are more values than an array can hold.</exception>
    public ScoreRows Select(ReadOnlySpan<int> rows)
    {
        if (Gather.IsAll(rows, Count))
            return this;

        int[] places = chosen is null ? rows.ToArray() : Gather.Rows(chosen, rows);
        return checked(places.Length * Classes) <= MostCopied ? new ScoreRows(Gather.Rows(values, places, Classes), Classes)
            : new ScoreRows(values, places, Classes);
    }
}
