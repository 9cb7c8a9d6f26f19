using Credence.Data.Columns;

namespace Credence.Data.Scores;

/// <summary>The rows of a row-major matrix: all of them, or chosen ones. Few that are chosen are copied; many are looked at where they lie, as a second
/// matrix of very many scores costs more than most that is done with it.</summary>
internal sealed class ScoreRows
{
    private const int MostCopied = 1 << 18;
    private readonly double[] values;
    private readonly int[]? chosen;
    private readonly Lazy<double[]>? gathered;

    /// <summary>A whole matrix.</summary>
    /// <param name="values">[rows, classes]; owned from now on.</param>
    /// <param name="classes">Columns a row.</param>
    /// <exception cref="ArgumentException">The length is no multiple of <paramref name="classes"/>.</exception>
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

    /// <summary>Columns a row.</summary>
    public int Classes { get; }

    /// <summary>[rows, classes] in one piece; of rows that lie apart a copy, made once.</summary>
    public ReadOnlySpan<double> Values => gathered is null ? values : gathered.Value;

    /// <summary>One row.</summary>
    public ReadOnlySpan<double> this[int row] => values.AsSpan((chosen is null ? row : chosen[row]) * Classes, Classes);

    /// <summary>Some rows one after the other, written to the buffer where they lie apart.</summary>
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
    /// <exception cref="OverflowException">They are more values than an array holds.</exception>
    public ScoreRows Select(ReadOnlySpan<int> rows)
    {
        if (Gather.IsAll(rows, Count))
            return this;

        int[] places = chosen is null ? rows.ToArray() : Gather.Rows(chosen, rows);
        return checked(places.Length * Classes) <= MostCopied ? new ScoreRows(Gather.Rows(values, places, Classes), Classes) : new ScoreRows(values, places, Classes);
    }
}
