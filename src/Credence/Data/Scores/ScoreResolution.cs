using Credence.Data.Columns;

namespace Credence.Data.Scores;

/// <summary>The resolution of probabilities: the step that separates them where they take few values, as shares of votes (nearest
/// neighbours, forests) and rounded numbers do. A probability of 0 then means less than half a step, and not impossible.</summary>
public sealed record ScoreResolution
{
    // A step is 1 part of at most this many; each value is within a millionth of a multiple, as six printed digits are.
    private const int MostParts = 1000, MostDistinct = 2048, DecimalParts = 10_000;
    private const double Printed = 1e-6;

    // Below this the smallest positive number is what a softmax underflows to, and says nothing of a resolution.
    private const double LeastStep = 1e-9;

    // Rows of which each is seen five times on average, and at most so many different ones, have many ties.
    private const int RowsPerValue = 5, MostTiedRows = 500;
    private const int SampledRows = 100_000;

    private ScoreResolution()
    {
    }

    /// <summary>The step of which every probability is a multiple; null where there is none of at least 1/10,000.</summary>
    public double? Step { get; private init; }

    /// <summary>Whether the values are shares of equal votes rather than rounded: the parts are no power of ten, or the rows of three or
    /// more classes all sum to exactly 1, which rounded ones do not. Of two classes a power of ten from 100 up may be either.</summary>
    public bool AreVotes { get; private init; }

    /// <summary>How many probabilities are exactly 0.</summary>
    public int Zeros { get; private init; }

    /// <summary>The smallest probability above 0.</summary>
    public double LeastPositive { get; private init; }

    /// <summary>Whether there are many ties: a step of at least 1/1,000, nothing between 0 and that, or few different rows.</summary>
    public bool IsFewValued { get; private init; }

    /// <summary>Whether in no row the largest probability is more than e times the smallest, as after a softmax of what were probabilities
    /// already.</summary>
    public bool IsNarrow { get; private init; }

    /// <summary>Whether maps of each class's own score should be tried: one temperature can't undo ties or a narrow range.</summary>
    public bool NeedsMaps => IsFewValued || IsNarrow;

    /// <summary>The probability that stands for 0: half the step; where there is none, half the smallest positive probability.</summary>
    /// <param name="underflow">The floor of probabilities that were rounded to 0 by a number format alone.</param>
    /// <returns>0 where nothing is 0 and there is no step, so that nothing needs a floor.</returns>
    public double Floor(double underflow) =>
        Step is { } step ? step / 2
            : Zeros == 0 ? 0
            : LeastPositive is >= LeastStep and < 1 ? LeastPositive / 2
            : underflow;

    /// <summary>Detects the resolution.</summary>
    /// <param name="probabilities">[rows, classes], row-major, from 0 to 1.</param>
    /// <param name="classes">K.</param>
    public static ScoreResolution Of(ReadOnlySpan<double> probabilities, int classes)
    {
        ScoreShape.Check(probabilities.Length, classes);
        int zeros = 0;
        double least = double.PositiveInfinity;
        foreach (double p in probabilities)
        {
            zeros += p == 0 ? 1 : 0;
            least = p > 0 && p < least ? p : least;
        }

        int rows = probabilities.Length / classes;
        int? parts = PartsOf(probabilities, classes);
        return new ScoreResolution
        {
            Zeros = zeros,
            LeastPositive = least,
            Step = parts is { } known ? 1.0 / known : null,
            AreVotes = parts is { } some && AreVotesOf(some, probabilities, classes),
            IsNarrow = rows > 0 && IsNarrowOf(probabilities, classes),
            IsFewValued = parts <= MostParts || (zeros > 0 && least >= 1.0 / MostParts) || HasFewRows(probabilities, classes, rows),
        };
    }

    /// <summary>The fewest equal parts of 1 of which every value is a number of; null where none of up to 1,000, or 10,000, is.</summary>
    private static int? PartsOf(ReadOnlySpan<double> probabilities, int classes)
    {
        var distinct = new HashSet<double>();
        int rows = probabilities.Length / classes, step = Math.Max(1, rows / SampledRows);
        for (int row = 0; row < rows; row += step)
        {
            foreach (double p in probabilities.Slice(row * classes, classes))
            {
                if (!(p > 0 && p < 1) || !distinct.Add(p))
                    continue;

                if (!IsMultiple(p, DecimalParts) && distinct.Count > MostDistinct)
                    return null;
            }
        }

        // Of one value, or none, any number of parts would do.
        if (distinct.Count < 2)
            return null;

        double[] values = [.. distinct];
        for (int parts = 2; parts <= MostParts && values.Length <= MostDistinct; parts++)
        {
            if (Array.TrueForAll(values, value => IsMultiple(value, parts)))
                return parts;
        }

        return Array.TrueForAll(values, value => IsMultiple(value, DecimalParts)) ? DecimalParts : null;
    }

    private static bool IsMultiple(double value, int parts)
    {
        double whole = Math.Round(value * parts);
        return whole > 0 && Math.Abs((value * parts) - whole) <= parts * Printed * Math.Min(1, 100.0 / parts);
    }

    private static bool AreVotesOf(int parts, ReadOnlySpan<double> probabilities, int classes)
    {
        if (parts is not (10 or 100 or 1000 or DecimalParts))
            return true;

        if (classes == 2)
            return parts == 10;

        for (int row = 0; row < probabilities.Length; row += classes)
        {
            double sum = 0;
            foreach (double p in probabilities.Slice(row, classes))
                sum += p;

            if (Math.Abs(sum - 1) > classes * Printed)
                return false;
        }

        return true;
    }

    private static bool IsNarrowOf(ReadOnlySpan<double> probabilities, int classes)
    {
        for (int row = 0; row < probabilities.Length; row += classes)
        {
            double least = double.PositiveInfinity, most = 0;
            foreach (double p in probabilities.Slice(row, classes))
                (least, most) = (Math.Min(least, p), Math.Max(most, p));

            if (most > Math.E * (1 + Printed) * least)
                return false;
        }

        return true;
    }

    private static bool HasFewRows(ReadOnlySpan<double> probabilities, int classes, int rows)
    {
        int most = Math.Min(rows / RowsPerValue, MostTiedRows);
        var seen = new HashSet<ulong>();
        for (int row = 0; row < rows && seen.Count <= most; row++)
            seen.Add(Key(probabilities.Slice(row * classes, classes)));

        return most > 1 && seen.Count <= most;
    }

    // Equal rows, and hardly ever others, have equal keys.
    private static ulong Key(ReadOnlySpan<double> row)
    {
        ulong key = 0;
        foreach (double value in row)
            key = ByteHash.MixNumber(key, value);

        return key;
    }
}
