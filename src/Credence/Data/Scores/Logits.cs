using Credence.Numerics;
using Credence.Threading;

namespace Credence.Data.Scores;

/// <summary>Unnormalised scores, <see cref="Classes"/> per row; softmax turns them into <see cref="Probabilities"/>.
/// −∞ is allowed (probability 0); NaN and +∞ are not.</summary>
public sealed class Logits
{
    private const int ChunkValues = 1 << 16;
    private readonly ScoreRows rows;

    /// <summary>Wraps a row-major matrix.</summary>
    /// <param name="values">[rows, classes]; the object takes ownership.</param>
    /// <param name="classes">The number of classes, K.</param>
    /// <exception cref="ArgumentException">The length is not a multiple of <paramref name="classes"/>.</exception>
    public Logits(double[] values, int classes)
        : this(new ScoreRows(values ?? throw new ArgumentNullException(nameof(values)), classes))
    {
    }

    private Logits((double[] Values, int Classes) copy)
        : this(copy.Values, copy.Classes)
    {
    }

    private Logits(ScoreRows rows) => this.rows = rows;

    /// <summary>A copy of logits in memory.</summary>
    /// <param name="values">[rows, classes], row-major.</param>
    /// <param name="classes">The number of classes, K.</param>
    /// <exception cref="ArgumentException">The length is not a multiple of <paramref name="classes"/>.</exception>
    public static Logits From(ReadOnlySpan<float> values, int classes) => new(ScoreCopy.Of(values), classes);

    /// <summary>A copy of logits in memory.</summary>
    /// <param name="values">[rows, classes], row-major.</param>
    /// <param name="classes">The number of classes, K.</param>
    /// <exception cref="ArgumentException">The length is not a multiple of <paramref name="classes"/>.</exception>
    public static Logits From(ReadOnlySpan<double> values, int classes) => new(values.ToArray(), classes);

    /// <summary>A copy of logits in memory.</summary>
    /// <param name="values">[rows, classes].</param>
    /// <exception cref="ArgumentException">There are no classes.</exception>
    public static Logits From(double[,] values) => new(ScoreCopy.Of(values));

    /// <summary>A copy of logits in memory.</summary>
    /// <param name="values">[rows, classes].</param>
    /// <exception cref="ArgumentException">There are no classes.</exception>
    public static Logits From(float[,] values) => new(ScoreCopy.Of(values));

    /// <summary>A copy of logits in memory.</summary>
    /// <param name="rows">One array of K numbers per row.</param>
    /// <exception cref="ArgumentException">There are no rows, or they differ in length.</exception>
    public static Logits From(IEnumerable<float[]> rows) => new(ScoreCopy.Of(rows));

    /// <summary>The number of classes, K.</summary>
    public int Classes => rows.Classes;

    /// <summary>The number of rows.</summary>
    public int Rows => rows.Count;

    /// <summary>[rows, classes], row-major.</summary>
    public ReadOnlySpan<double> Values => rows.Values;

    /// <summary>Whether the rows were checked and none contains NaN, +∞ or only −∞; the object is immutable, so one check is
    /// enough.</summary>
    internal bool IsSound { get; set; }

    /// <summary>One row.</summary>
    public ReadOnlySpan<double> Row(int row) => rows[row];

    /// <summary>A range of rows as one contiguous block.</summary>
    /// <param name="from">The first.</param>
    /// <param name="to">The one after the last.</param>
    /// <param name="buffer">[to − from, classes]; rows that are not contiguous are copied here.</param>
    internal ReadOnlySpan<double> Block(int from, int to, Span<double> buffer) => rows.Block(from, to, buffer);

    /// <summary>The logarithms of probabilities, which are logits up to a constant per row: their softmax returns the
    /// probabilities.</summary>
    /// <param name="probabilities">[rows, classes]; float probabilities are widened, never rounded.</param>
    /// <param name="floor">Smaller probabilities are raised to it: from 0, where a probability of 0 becomes −∞ and stays 0
    /// under every calibrator, to below 1.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core.</param>
    /// <exception cref="ArgumentException">A value is negative or not finite, or the floor is out of range.</exception>
    public static Logits FromProbabilities(Probabilities probabilities, double floor = 0, int maxThreads = 0)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        if (!(floor >= 0 && floor < 1))
            throw new ArgumentException($"'{nameof(floor)}' is {floor}, must be from 0 to below 1.", nameof(floor));

        int length = probabilities.Values.Length;
        var logits = LargeArray.Uninitialized<double>(length);
        Pieces.For(Chunks.Count(length, ChunkValues), maxThreads, chunk =>
        {
            int from = chunk * ChunkValues, size = Math.Min(ChunkValues, length - from);
            ReadOnlySpan<double> p = probabilities.Values.Slice(from, size);
            Span<double> into = logits.AsSpan(from, size);
            for (int i = 0; i < p.Length; i++)
            {
                if (!(p[i] >= 0) || double.IsInfinity(p[i]))
                {
                    (int row, int column) = ((from + i) / probabilities.Classes, (from + i) % probabilities.Classes);
                    throw new ArgumentException(
                        $"'{nameof(probabilities)}' row {row} class {column} is {ScoreFault.Number(p[i])}; a probability is from 0 to 1.",
                        nameof(probabilities));
                }

                into[i] = Math.Max(p[i], floor);
            }

            Log.Apply(into, into);
        });
        return new Logits(logits, probabilities.Classes);
    }

    /// <summary>The given rows, in the given order.</summary>
    public Logits Select(ReadOnlySpan<int> rows) =>
        this.rows.Select(rows) is var chosen && chosen == this.rows ? this : new(chosen) { IsSound = IsSound };
}
