using Credence.Data;
using Credence.Numerics;

namespace Credence.Models;

/// <summary>What one pass over scores shows.</summary>
internal sealed class ScoreLook
{
    private readonly int classes;

    public ScoreLook(ReadOnlySpan<double> values, int classes)
    {
        this.classes = classes;
        Rows = values.Length / classes;
        bool equal = true, decision = true;
        for (int row = 0; row < Rows; row++)
        {
            ReadOnlySpan<double> scores = values.Slice(row * classes, classes);
            double sum = 0;
            int ones = 0, zeros = 0;
            foreach (double score in scores)
            {
                sum += score;
                Least = Math.Min(Least, score);
                Most = Math.Max(Most, score);
                ones += score == 1 ? 1 : 0;
                zeros += score == 0 ? 1 : 0;
            }

            bool proper = sum >= 1 - ScoreCheck.SumTolerance && sum <= 1 + ScoreCheck.SumTolerance && !scores.ContainsAnyExceptInRange(0, 1 + ScoreCheck.SumTolerance);
            ProperRows += proper ? 1 : 0;
            if (!proper && FirstImproper < 0)
                (FirstImproper, FirstSum) = (row, sum);

            LeastSum = Math.Min(LeastSum, sum);
            MostSum = Math.Max(MostSum, sum);
            decision &= ones == 1 && zeros == classes - 1;
            equal &= row == 0 || scores.SequenceEqual(values[..classes]);
        }

        AreAllRowsEqual = equal;
        IsDecision = decision && classes > 1;
    }

    public int Rows { get; }

    /// <summary>Rows of numbers from 0 to 1 that sum to one.</summary>
    public int ProperRows { get; }

    /// <summary>The first other row, or −1.</summary>
    public int FirstImproper { get; } = -1;

    /// <summary>Its sum.</summary>
    public double FirstSum { get; }

    /// <summary>Whether nearly all rows are probabilities, and some are not.</summary>
    public bool IsNearlyProper => FirstImproper >= 0 && ProperRows >= 0.9 * Rows;

    public double Least { get; } = double.PositiveInfinity;

    public double Most { get; } = double.NegativeInfinity;

    public double LeastSum { get; } = double.PositiveInfinity;

    public double MostSum { get; } = double.NegativeInfinity;

    public bool AreAllRowsEqual { get; }

    public bool IsDecision { get; }

    /// <summary>Whether all lie from 0 to 1.</summary>
    public bool IsFraction => Least >= 0 && Most <= 1 + ScoreCheck.SumTolerance;

    /// <summary>Whether every row sums to one.</summary>
    public bool IsSumOne => Math.Abs(LeastSum - 1) <= ScoreCheck.SumTolerance && Math.Abs(MostSum - 1) <= ScoreCheck.SumTolerance;

    /// <summary>Whether the exponentials of every row sum to one.</summary>
    public bool IsExponentialSumOne(ReadOnlySpan<double> values)
    {
        for (int row = 0; row < Rows; row++)
        {
            if (!(Math.Abs(LogSumExp.Compute(values.Slice(row * classes, classes))) <= ScoreCheck.SumTolerance))
                return false;
        }

        return true;
    }
}
