using Credence.Calibration;
using Credence.Data.Scores;
using Credence.Numerics;

namespace Credence.Diagnostics;

/// <summary>Statistics of scores from one pass.</summary>
internal sealed class ScoreStatistics
{
    private const double Near = 0.1;
    private readonly int classes;

    public unsafe ScoreStatistics(ReadOnlySpan<double> values, int classes)
    {
        this.classes = classes;
        Rows = values.Length / classes;
        var chunks = new RowChunks(Rows, classes);
        var parts = new Part[chunks.Count];
        fixed (double* first = values)
        {
            (nint at, int length) = ((nint)first, values.Length);
            Chunks.For(chunks.Count, 0, chunk =>
                parts[chunk] = new Part(new ReadOnlySpan<double>((double*)at, length), classes, chunks[chunk]));
        }

        foreach (Part part in parts)
        {
            Least = Math.Min(Least, part.Least);
            Most = Math.Max(Most, part.Most);
            LeastSum = Math.Min(LeastSum, part.LeastSum);
            MostSum = Math.Max(MostSum, part.MostSum);
            ProperRows += part.ProperRows;
            if (FirstImproper < 0)
                (FirstImproper, FirstSum) = (part.FirstImproper, part.FirstSum);
        }

        AreAllRowsEqual = Array.TrueForAll(parts, part => part.AreRowsEqual);
        IsDecision = classes > 1 && Array.TrueForAll(parts, part => part.IsDecision);
    }

    public int Rows { get; }

    /// <summary>Rows of values from 0 to 1 that sum to one.</summary>
    public int ProperRows { get; }

    /// <summary>The first improper row, or −1.</summary>
    public int FirstImproper { get; } = -1;

    /// <summary>The sum of that row.</summary>
    public double FirstSum { get; }

    /// <summary>Whether nearly all rows are probabilities, and some are not.</summary>
    public bool IsNearlyProper => FirstImproper >= 0 && ProperRows >= 0.9 * Rows;

    public double Least { get; } = double.PositiveInfinity;

    public double Most { get; } = double.NegativeInfinity;

    public double LeastSum { get; } = double.PositiveInfinity;

    public double MostSum { get; } = double.NegativeInfinity;

    public bool AreAllRowsEqual { get; }

    public bool IsDecision { get; }

    /// <summary>Whether all values are from 0 to 1.</summary>
    public bool IsFraction => Least >= 0 && Most <= 1 + ScoreFault.SumTolerance;

    /// <summary>Whether all values are near the range 0 to 1, some outside it, and all rows sum to nearly the same number, near
    /// one.</summary>
    public bool IsAlmostFraction =>
        !IsFraction && Least >= -Near && Most <= 1 + Near && MostSum - LeastSum <= Near && Math.Abs(LeastSum - 1) <= Near;

    /// <summary>Whether every row sums to one.</summary>
    public bool IsSumOne => Math.Abs(LeastSum - 1) <= ScoreFault.SumTolerance && Math.Abs(MostSum - 1) <= ScoreFault.SumTolerance;

    /// <summary>Whether every row sums to the same number above 0.</summary>
    public bool IsSumSteady => LeastSum > 0 && MostSum - LeastSum <= ScoreFault.SumTolerance * MostSum;

    /// <summary>Whether the exponentials of every row sum to one.</summary>
    public bool IsExponentialSumOne(ReadOnlySpan<double> values)
    {
        for (int row = 0; row < Rows; row++)
        {
            if (!(Math.Abs(LogSumExp.Compute(values.Slice(row * classes, classes))) <= ScoreFault.SumTolerance))
                return false;
        }

        return true;
    }

    /// <summary>The same statistics of a range of rows.</summary>
    private sealed class Part
    {
        public readonly double Least = double.PositiveInfinity, Most = double.NegativeInfinity;
        public readonly double LeastSum = double.PositiveInfinity, MostSum = double.NegativeInfinity, FirstSum;
        public readonly int ProperRows, FirstImproper = -1;
        public readonly bool AreRowsEqual = true, IsDecision = true;

        public Part(ReadOnlySpan<double> values, int classes, (int From, int To) rows)
        {
            for (int row = rows.From; row < rows.To; row++)
            {
                ReadOnlySpan<double> scores = values.Slice(row * classes, classes);
                double sum = 0, least = scores[0], most = scores[0];
                int ones = 0, zeros = 0;
                foreach (double score in scores)
                {
                    sum += score;
                    least = Math.Min(least, score);
                    most = Math.Max(most, score);
                    ones += score == 1 ? 1 : 0;
                    zeros += score == 0 ? 1 : 0;
                }

                bool isProper = Math.Abs(sum - 1) <= ScoreFault.SumTolerance && least >= 0 && most <= 1 + ScoreFault.SumTolerance;
                ProperRows += isProper ? 1 : 0;
                if (!isProper && FirstImproper < 0)
                    (FirstImproper, FirstSum) = (row, sum);

                Least = Math.Min(Least, least);
                Most = Math.Max(Most, most);
                LeastSum = Math.Min(LeastSum, sum);
                MostSum = Math.Max(MostSum, sum);
                IsDecision &= ones == 1 && zeros == classes - 1;
                AreRowsEqual = AreRowsEqual && scores.SequenceEqual(values[..classes]);
            }
        }
    }
}
