namespace Credence.Data.Scores;

/// <summary>Probabilities, <see cref="Classes"/> per row, each row summing to one; in multi-label problems, each class has its own
/// probability.</summary>
public sealed class Probabilities
{
    private readonly ScoreRows rows;

    /// <summary>Wraps a row-major matrix.</summary>
    /// <param name="values">[rows, classes]; the object takes ownership.</param>
    /// <param name="classes">The number of classes, K.</param>
    /// <exception cref="ArgumentException">The length is not a multiple of <paramref name="classes"/>.</exception>
    public Probabilities(double[] values, int classes)
        : this(new ScoreRows(values ?? throw new ArgumentNullException(nameof(values)), classes))
    {
    }

    private Probabilities((double[] Values, int Classes) copy)
        : this(copy.Values, copy.Classes)
    {
    }

    private Probabilities(ScoreRows rows) => this.rows = rows;

    /// <summary>A copy of probabilities in memory.</summary>
    /// <param name="values">[rows, classes], row-major.</param>
    /// <param name="classes">The number of classes, K.</param>
    /// <exception cref="ArgumentException">The length is not a multiple of <paramref name="classes"/>.</exception>
    public static Probabilities From(ReadOnlySpan<float> values, int classes) => new(ScoreCopy.Of(values), classes);

    /// <summary>A copy of probabilities in memory.</summary>
    /// <param name="values">[rows, classes], row-major.</param>
    /// <param name="classes">The number of classes, K.</param>
    /// <exception cref="ArgumentException">The length is not a multiple of <paramref name="classes"/>.</exception>
    public static Probabilities From(ReadOnlySpan<double> values, int classes) => new(values.ToArray(), classes);

    /// <summary>A copy of probabilities in memory.</summary>
    /// <param name="values">[rows, classes].</param>
    /// <exception cref="ArgumentException">There are no classes.</exception>
    public static Probabilities From(double[,] values) => new(ScoreCopy.Of(values));

    /// <summary>A copy of probabilities in memory.</summary>
    /// <param name="values">[rows, classes].</param>
    /// <exception cref="ArgumentException">There are no classes.</exception>
    public static Probabilities From(float[,] values) => new(ScoreCopy.Of(values));

    /// <summary>A copy of probabilities in memory.</summary>
    /// <param name="rows">One array of K numbers per row.</param>
    /// <exception cref="ArgumentException">There are no rows, or they differ in length.</exception>
    public static Probabilities From(IEnumerable<float[]> rows) => new(ScoreCopy.Of(rows));

    /// <summary>The number of classes, K.</summary>
    public int Classes => rows.Classes;

    /// <summary>The number of rows.</summary>
    public int Rows => rows.Count;

    /// <summary>[rows, classes], row-major.</summary>
    public ReadOnlySpan<double> Values => rows.Values;

    /// <summary>Whether the rows were checked and each holds probabilities that sum to one; the object is immutable, so one check is
    /// enough.</summary>
    internal bool IsSound { get; set; }

    /// <summary>One row.</summary>
    public ReadOnlySpan<double> Row(int row) => rows[row];

    /// <summary>A range of rows as one contiguous block.</summary>
    /// <param name="from">The first.</param>
    /// <param name="to">The one after the last.</param>
    /// <param name="buffer">[to − from, classes]; rows that are not contiguous are copied here.</param>
    internal ReadOnlySpan<double> Block(int from, int to, Span<double> buffer) => rows.Block(from, to, buffer);

    /// <summary>The class of a row's largest probability, the first of equal ones.</summary>
    public int Top(int row) => Confidence.Top(Row(row));

    /// <summary>Scatters the rows to their places among all rows: the inverse of <see cref="Select"/>.</summary>
    /// <param name="places">The place of each row.</param>
    /// <param name="all">[all rows, classes], row-major.</param>
    internal void ScatterTo(ReadOnlySpan<int> places, double[] all)
    {
        for (int i = 0; i < places.Length; i++)
            Row(i).CopyTo(all.AsSpan(places[i] * Classes));
    }

    /// <summary>The given rows, in the given order.</summary>
    public Probabilities Select(ReadOnlySpan<int> rows) =>
        this.rows.Select(rows) is var chosen && chosen == this.rows ? this : new(chosen) { IsSound = IsSound };
}
