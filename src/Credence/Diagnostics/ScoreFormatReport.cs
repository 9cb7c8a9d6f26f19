using System.Globalization;
using Credence.Data.Scores;

namespace Credence.Diagnostics;

/// <summary>The format of saved scores, inferred from the numbers. It is for a person to read: the library acts on such a guess by itself
/// only where it is <see cref="IsBeyondDoubt"/>, and says so.</summary>
/// <param name="Form">The inferred format.</param>
/// <param name="Text">The format in words, with the evidence.</param>
/// <param name="Advice">What to do about it; null where there is nothing to do.</param>
public sealed record ScoreFormatReport(ScoreFormat Form, string Text, string? Advice)
{
    private const double SteadySum = 0.02, MostDecimals = 4;
    private const int SampledValues = 20_000;

    /// <summary>The kind of score to treat them as.</summary>
    public ScoreKind Kind => Form is ScoreFormat.Logits or ScoreFormat.LogProbabilities ? ScoreKind.Logits : ScoreKind.Probabilities;

    /// <summary>The resolution of probabilities as they were saved; null for logits.</summary>
    public ScoreResolution? Resolution { get; private init; }

    /// <summary>Whether every row has the same scores, of either kind.</summary>
    public bool IsConstant { get; private init; }

    /// <summary>Whether the scores have no defect for their kind.</summary>
    public bool IsSound =>
        !IsConstant && Advice is null && Form is ScoreFormat.Logits or ScoreFormat.LogProbabilities or ScoreFormat.Softmax
            or ScoreFormat.Votes;

    /// <summary>Whether the numbers leave no doubt of their kind: rows from 0 to 1 that sum to 1, exactly or as rounded numbers do, are
    /// probabilities, and rows whose exponentials sum to 1 are log-probabilities. That numbers can't be probabilities doesn't say that they
    /// are logits.</summary>
    public bool IsBeyondDoubt => Form is ScoreFormat.LogProbabilities or ScoreFormat.Softmax or ScoreFormat.Votes or ScoreFormat.Rounded
        or ScoreFormat.Decisions;

    /// <summary>Infers the format from all scores.</summary>
    /// <param name="values">[rows, classes], row-major; −∞ may be among them, NaN and +∞ not.</param>
    /// <param name="classes">K.</param>
    /// <param name="placeOf">Names the place of a row and a class in messages, class −1 for the whole row; null counts both from 0.</param>
    /// <exception cref="InvalidDataException">Nearly all rows are probabilities, but one is invalid; the message says where.</exception>
    public static ScoreFormatReport Inspect(ReadOnlySpan<double> values, int classes, Func<int, int, string>? placeOf = null)
    {
        ScoreFormatReport report = FormOf(values, classes, placeOf ?? Place);
        return report.Kind == ScoreKind.Logits || report.Form == ScoreFormat.Percentages ? report
            : report with { Resolution = ScoreResolution.Of(values, classes) };
    }

    private static ScoreFormatReport FormOf(ReadOnlySpan<double> values, int classes, Func<int, int, string> placeOf)
    {
        var look = new ScoreStatistics(values, classes);
        string range = $"from {Number(look.Least)} to {Number(look.Most)}";
        if (look.Rows > 1 && look.AreAllRowsEqual)
        {
            return new ScoreFormatReport(look.IsFraction && look.IsSumOne ? ScoreFormat.Constant : ScoreFormat.Logits, "Every row has the "
                + "same scores: they carry no information.", "Check how they were saved.")
            {
                IsConstant = true,
            };
        }

        if (look.Most <= 1e-9 && look.IsExponentialSumOne(values))
            return new ScoreFormatReport(ScoreFormat.LogProbabilities,
                $"Log-probabilities: none is above 0, and their exponentials sum to 1 in every row ({range}).", null);

        if (look.IsNearlyProper && !look.IsFraction)
        {
            int at = values.IndexOfAnyExceptInRange(0, 1 + ScoreFault.SumTolerance);
            throw new InvalidDataException(
                $"{look.ProperRows} of {look.Rows} rows are probabilities that sum to 1, but "
                    + $"{placeOf(at / classes, at % classes)} is {ScoreFault.Number(values[at])}; a probability is from 0 to 1.");
        }

        if (look.IsAlmostFraction)
        {
            int at = values.IndexOfAnyExceptInRange(0, 1 + ScoreFault.SumTolerance);
            return new ScoreFormatReport(
                ScoreFormat.Logits, $"Almost probabilities, but not quite: rows sum to {Range(look.LeastSum, look.MostSum)}, and "
                    + $"{placeOf(at / classes, at % classes)} is {Number(values[at])}.",
                "They are treated as raw scores (logits) here. Check how they were computed.");
        }

        if (look.Rows > 1 && look.Least >= 0 && look.Most > 1 + ScoreFault.SumTolerance && look.IsSumSteady
            && Math.Abs(look.LeastSum - 100) > 100 * ScoreFault.SumTolerance)
        {
            return new ScoreFormatReport(
                ScoreFormat.Incomplete, $"Shares of {Number(look.MostSum)}: none is negative and every row sums to {Number(look.MostSum)} "
                    + $"({range}).", "They are divided by their sum here; save fractions, with all their digits.");
        }

        if (look.Least < 0 || look.Most > 100 + ScoreFault.SumTolerance)
            return new ScoreFormatReport(ScoreFormat.Logits,
                $"Raw scores, as they stand before a softmax (logits): {range}, with sums that mean nothing.", null);

        int decimals = Decimals(values);
        string rounded = decimals <= MostDecimals ? $", rounded to {decimals} decimals" : "";
        double slack = ScoreFault.SumTolerance + (decimals <= MostDecimals ? classes * 0.5 * Tenth(decimals) : 0);
        if (!look.IsFraction)
        {
            return Math.Abs(look.LeastSum - 100) <= 100 * ScoreFault.SumTolerance + slack
                && Math.Abs(look.MostSum - 100) <= 100 * ScoreFault.SumTolerance + slack
                ? new ScoreFormatReport(ScoreFormat.Percentages, $"Percentages{rounded}: rows sum to 100 ({range}).",
                    "They are divided by their sum here; save fractions, with all their digits.")
                : new ScoreFormatReport(ScoreFormat.Logits,
                    $"Raw scores, taken as they stand before a softmax (logits): {range}, and rows sum to "
                    + $"{Range(look.LeastSum, look.MostSum)}.", null);
        }

        if (look.IsDecision)
        {
            return new ScoreFormatReport(
                ScoreFormat.Decisions, "Decisions, not probabilities: every row has one 1, otherwise 0.",
                "Save the scores before the decision is taken; these show only how often each decision is correct.");
        }

        if (look.IsSumOne)
        {
            if (ScoreResolution.Of(values, classes) is { AreVotes: true, Step: { } step })
                return new ScoreFormatReport(ScoreFormat.Votes, $"Shares of votes, as nearest neighbours and forests give: every "
                    + $"probability is a multiple of 1/{Math.Round(1 / step)}, and rows sum to 1.", null);

            return decimals <= MostDecimals
                ? new ScoreFormatReport(ScoreFormat.Rounded, $"Probabilities{rounded}; rows sum to 1.",
                    "Save them with all their digits: what is rounded to 0 is unknown below half a step.")
                : new ScoreFormatReport(ScoreFormat.Softmax, $"Probabilities: none is negative and rows sum to 1 ({range}).", null);
        }

        if (Math.Abs(look.LeastSum - 1) <= slack && Math.Abs(look.MostSum - 1) <= slack)
            return new ScoreFormatReport(ScoreFormat.Rounded,
                $"Probabilities{rounded}, so that rows sum to {Range(look.LeastSum, look.MostSum)}.",
                "They are divided by their sum here; save them with all their digits.");

        if (look.IsNearlyProper)
        {
            return new ScoreFormatReport(
                ScoreFormat.Incomplete,
                    $"Probabilities, but for {look.Rows - look.ProperRows} of {look.Rows} rows, which do not sum to 1: "
                    + $"{placeOf(look.FirstImproper, -1)} sums to {Number(look.FirstSum)}.",
                "Every row is divided by its sum here. Check how those rows were computed.");
        }

        if (look.MostSum - look.LeastSum <= SteadySum)
        {
            return new ScoreFormatReport(
                ScoreFormat.Incomplete, $"Incomplete probabilities: rows sum to {Number((look.LeastSum + look.MostSum) / 2)}, not 1.",
                "They are divided by their sum here. Check for an omitted class or a background class.");
        }

        return new ScoreFormatReport(
            ScoreFormat.OneVsRestCalibrator,
                "One probability a class on its own, as sigmoids or one-against-rest models give: rows sum to "
                + $"{Range(look.LeastSum, look.MostSum)}.",
            "They are divided by their sum here, since each row has one class. Where a row can have several, evaluate each class "
                + "separately.");
    }

    /// <summary>Whether numbers declared as logits are more likely probabilities: the first thousand rows have no negative value, and each
    /// sums to one.</summary>
    /// <param name="values">[rows, classes], row-major.</param>
    /// <param name="classes">K.</param>
    public static bool LooksLikeProbabilities(ReadOnlySpan<double> values, int classes)
    {
        var look = new ScoreStatistics(values[..Math.Min(values.Length, 1000 * classes)], classes);
        return look.Rows > 1 && look.IsFraction && look.IsSumOne;
    }

    /// <summary>The scores as logits, or as probabilities whose rows sum to one.</summary>
    /// <param name="values">The scores that were inspected.</param>
    /// <param name="classes">K.</param>
    /// <param name="placeOf">As for <see cref="Inspect"/>.</param>
    /// <exception cref="InvalidDataException">A row is all 0.</exception>
    public double[] Normalized(double[] values, int classes, Func<int, int, string>? placeOf = null)
    {
        if (Kind == ScoreKind.Logits || Form is ScoreFormat.Softmax or ScoreFormat.Votes or ScoreFormat.Decisions
            or ScoreFormat.Constant)
            return values;

        placeOf ??= Place;
        var normalized = new double[values.Length];
        for (int row = 0; row < values.Length / classes; row++)
        {
            double sum = 0;
            foreach (double value in values.AsSpan(row * classes, classes))
                sum += value;

            if (!(sum > 0))
                throw new InvalidDataException($"{placeOf(row, -1)} is 0 for every class; at least one probability must be above 0.");

            for (int i = row * classes; i < (row + 1) * classes; i++)
                normalized[i] = values[i] / sum;
        }

        return normalized;
    }

    /// <summary>The fewest decimals that write every number of a sample; above <see cref="MostDecimals"/> where four do not.</summary>
    private static int Decimals(ReadOnlySpan<double> values)
    {
        int step = Math.Max(1, values.Length / SampledValues);
        for (int decimals = 0; decimals <= MostDecimals; decimals++)
        {
            double scale = Math.Round(1 / Tenth(decimals));
            bool fits = true;
            for (int i = 0; i < values.Length && fits; i += step)
            {
                // A value that was rounded to 0 is exactly 0.
                double whole = Math.Round(values[i] * scale);
                fits = whole == 0 ? values[i] == 0 : Math.Abs((values[i] * scale) - whole) < 1e-6 * scale / Math.Max(1, scale);
            }

            if (fits)
                return decimals;
        }

        return int.MaxValue;
    }

    private static double Tenth(int decimals)
    {
        double tenth = 1;
        for (int i = 0; i < decimals; i++)
            tenth /= 10;
        return tenth;
    }

    private static string Range(double least, double most) =>
        Number(least) == Number(most) ? Number(least) : $"{Number(least)} to {Number(most)}";

    private static string Number(double value) => double.IsNegativeInfinity(value) ? "−∞"
        : value.ToString(Math.Abs(value) is 0 or (>= 0.0005 and < 1e6) ? "0.###" : "0.#e0", CultureInfo.InvariantCulture).Replace('-', '−');

    private static string Place(int row, int k) => k < 0 ? $"row {row}" : $"row {row} class {k}";
}
