using System.Globalization;
using Credence.Numerics;

namespace Credence.Data.Scores;

/// <summary>Why a row of scores is invalid for its declared kind.</summary>
/// <param name="Row">The row, counted from 0.</param>
/// <param name="Class">The class of the invalid score; −1 where the whole row is invalid.</param>
/// <param name="Text">The fault, as the predicate of a sentence whose subject is the place.</param>
public sealed record ScoreFault(int Row, int Class, string Text)
{
    /// <summary>The largest deviation of a row's sum from one: 32- and 16-bit softmax outputs pass, other scores do not.</summary>
    internal const double SumTolerance = 2e-3;

    /// <summary>The first row that is invalid for a kind. Probabilities are from 0 to 1 and sum to one per row; logits are finite or −∞,
    /// and not all −∞.</summary>
    /// <param name="kind">The declared kind of the scores.</param>
    /// <param name="scores">[rows, classes], row-major.</param>
    /// <param name="classes">K.</param>
    /// <returns>Null where every row is valid.</returns>
    public static ScoreFault? First(ScoreKind kind, ReadOnlySpan<double> scores, int classes)
    {
        ScoreShape.Check(scores.Length, classes);
        for (int row = 0; row < scores.Length / classes; row++)
        {
            ReadOnlySpan<double> values = scores.Slice(row * classes, classes);
            if ((kind == ScoreKind.Logits ? OfLogits(values, row) : OfProbabilities(values, row)) is { } fault)
                return fault;
        }

        return null;
    }

    internal static ScoreFault? OfProbabilities(ReadOnlySpan<double> probabilities, int row)
    {
        double sum = DoubleVectors.Sum(probabilities);
        if (!DoubleVectors.AreWithin(probabilities, 0, 1 + SumTolerance))
        {
            int k = 0;
            while (probabilities[k] >= 0 && probabilities[k] <= 1 + SumTolerance)
                k++;

            return new(row, k, $"is {Number(probabilities[k])}; a probability is from 0 to 1.");
        }

        return Math.Abs(sum - 1) <= SumTolerance ? null
            : new(row, -1, string.Create(CultureInfo.InvariantCulture, $"sums to {sum:0.######}, not 1."));
    }

    internal static ScoreFault? OfLogits(ReadOnlySpan<double> logits, int row)
    {
        // The maximum reveals NaN, +∞ and a row of only −∞; only then is the class searched for.
        double max = DoubleVectors.Max(logits);
        if (double.IsFinite(max))
            return null;

        if (double.IsNegativeInfinity(max))
            return new(row, -1, "is −∞ for every class; at least one logit must be finite.");

        int k = 0;
        while (logits[k] <= double.MaxValue)
            k++;

        return new(row, k, $"is {Number(logits[k])}; a logit is finite or −∞.");
    }

    /// <summary>A score as messages show it.</summary>
    internal static string Number(double value) => value switch
    {
        double.NegativeInfinity => "−∞",
        double.PositiveInfinity => "∞",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    /// <summary>The place within an argument of a method.</summary>
    internal string Place => $"{(Row < 0 ? "" : $"row {Row} ")}{(Class < 0 ? "" : $"class {Class} ")}";
}
