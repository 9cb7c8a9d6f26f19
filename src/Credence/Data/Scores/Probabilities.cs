namespace Credence.Data.Scores;

/// <summary>Probabilities, one row of <see cref="Classes"/> a case, each row summing to one; where a case may be of several classes, the probability of each by itself.</summary>
public sealed class Probabilities
{
    private readonly ScoreRows rows;

    /// <summary>Wraps a row-major matrix.</summary>
    /// <param name="values">[rows, classes]; owned from now on.</param>
    /// <param name="classes">Columns a row.</param>
    /// <exception cref="ArgumentException">The length is no multiple of <paramref name="classes"/>.</exception>
    public Probabilities(double[] values, int classes)
        : this(new ScoreRows(values, classes))
    {
    }

    private Probabilities(ScoreRows rows) => this.rows = rows;

    /// <summary>Columns a row.</summary>
    public int Classes => rows.Classes;

    /// <summary>The number of rows.</summary>
    public int Rows => rows.Count;

    /// <summary>[rows, classes], row-major.</summary>
    public ReadOnlySpan<double> Values => rows.Values;

    /// <summary>Whether the rows were looked at and each is one of probabilities that sum to one; they never change, so once is enough.</summary>
    internal bool IsSound { get; set; }

    /// <summary>One row.</summary>
    public ReadOnlySpan<double> Row(int row) => rows[row];

    /// <summary>Some rows one after the other.</summary>
    /// <param name="from">The first.</param>
    /// <param name="to">The one after the last.</param>
    /// <param name="buffer">[to − from, classes]; they are written here where they lie apart.</param>
    internal ReadOnlySpan<double> Block(int from, int to, Span<double> buffer) => rows.Block(from, to, buffer);

    /// <summary>The class of a row's largest probability, the first of equal ones.</summary>
    public int Top(int row) => Confidence.Top(Row(row));

    /// <summary>Writes the rows to their places among all rows: the reverse of <see cref="Select"/>.</summary>
    /// <param name="places">The place of each row.</param>
    /// <param name="all">[all rows, classes], row-major.</param>
    internal void ScatterTo(ReadOnlySpan<int> places, double[] all)
    {
        for (int i = 0; i < places.Length; i++)
            Row(i).CopyTo(all.AsSpan(places[i] * Classes));
    }

    /// <summary>The given rows, in the given order.</summary>
    public Probabilities Select(ReadOnlySpan<int> rows) => this.rows.Select(rows) is var chosen && chosen == this.rows ? this : new(chosen) { IsSound = IsSound };
}
