using System.Text.Json.Nodes;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Numerics;
using Credence.Persistence;

namespace Credence.Decisions;

/// <summary>Answers where the largest probability reaches a threshold, and abstains elsewhere. The threshold comes from held-out
/// rows: for a target coverage, or for a maximum error rate.</summary>
public sealed class SelectiveClassifier
{
    private SelectiveClassifier(double threshold, double? coverageAim, double coverage, int rows, RiskBound? risk)
    {
        Threshold = threshold;
        CoverageAim = coverageAim;
        Coverage = coverage;
        Rows = rows;
        Risk = risk;
    }

    /// <summary>The smallest confidence that is answered.</summary>
    public double Threshold { get; }

    /// <summary>The target coverage; null where a maximum error rate was given.</summary>
    public double? CoverageAim { get; }

    /// <summary>The share of the held-out rows that is answered. Rows tied at the threshold are all answered, so it can exceed the
    /// target.</summary>
    public double Coverage { get; }

    /// <summary>The held-out rows.</summary>
    public int Rows { get; }

    /// <summary>The guarantee on the error rate, where one was requested.</summary>
    public RiskBound? Risk { get; }

    /// <summary>Finds the threshold that answers the ⌈C·n⌉ most confident of n held-out rows; rows of equal confidence are
    /// treated alike.</summary>
    /// <param name="probabilities">[n, K], of rows the model was not fitted on; no labels are needed.</param>
    /// <param name="coverage">C, from 0 (always abstain) to 1 (never).</param>
    /// <exception cref="ArgumentException">There are no rows, they are not probabilities, or C is outside its range.</exception>
    public static SelectiveClassifier ForCoverage(Probabilities probabilities, double coverage)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        if (!(coverage >= 0 && coverage <= 1))
            throw new ArgumentException($"'{nameof(coverage)}' is {coverage}, must be from 0 to 1.", nameof(coverage));

        int rows = probabilities.Rows;
        if (rows == 0)
            throw new ArgumentException("A threshold needs held-out rows; there are none.", nameof(probabilities));

        ScoreCheck.Rows(probabilities, nameof(probabilities));
        double[] confidences = Confidence.Compute(probabilities);
        Array.Sort(confidences);
        int answered = (int)decimal.Ceiling(rows * (decimal)coverage);

        // Coverage 1 must answer a row less confident than any seen here, and coverage 0 none that is more confident.
        double threshold = answered == rows ? 0 : answered == 0 ? double.PositiveInfinity : confidences[rows - answered];
        int reached = confidences.Count(confidence => confidence >= threshold);
        return new SelectiveClassifier(threshold, coverage, (double)reached / rows, rows, null);
    }

    /// <summary>Finds the threshold of largest coverage whose error rate is bounded.</summary>
    /// <param name="probabilities">[n, K], of rows the model was not fitted on.</param>
    /// <param name="labels">Their classes; rows without one are left out.</param>
    /// <param name="options">The guarantee.</param>
    /// <returns>The threshold, or the reason why there is none.</returns>
    /// <exception cref="ArgumentException">The shapes disagree, the scores are not probabilities or an option is out of range.</exception>
    public static Attempt<SelectiveClassifier, string> ForRisk(
        Probabilities probabilities, Labels labels, RiskControlOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(labels);
        options ??= new RiskControlOptions();
        options.Check();
        ScoreCheck.Together(probabilities.Rows, probabilities.Classes, labels);
        ScoreCheck.Rows(probabilities, nameof(probabilities));
        int[] known = [.. Enumerable.Range(0, labels.Count).Where(row => labels[row] >= 0)];
        double[] confidences = [.. known.Select(row => Confidence.Compute(probabilities.Row(row)))];
        bool[] wrong = [.. known.Select(row => probabilities.Top(row) != labels[row])];
        Array.Sort((double[])confidences.Clone(), wrong);
        Array.Sort(confidences);
        double? threshold = known.Length == 0 ? null : RiskControl.Threshold(confidences, wrong, options, 1.0 / probabilities.Classes);
        if (threshold is null)
        {
            int needed = (int)Math.Ceiling(Log.Compute(options.Delta) / Log.Compute(1 - options.MaxRisk));
            return new(
                $"No threshold keeps the share of wrong answers at {options.MaxRisk:0.####%} with {1 - options.Delta:0.####%} confidence "
                    + $"on {known.Length} rows; "
                + $"even without an error, {needed} answered rows are needed. Allow more errors, or hold out more rows.");
        }

        int first = RiskControl.FirstAnswered(confidences, threshold.Value);
        var risk = new RiskBound(options.MaxRisk, options.Delta, known.Length - first, wrong.AsSpan(first)
            .Count(true), known.Length, options.Method);
        return new(new SelectiveClassifier(threshold.Value, null, risk.Coverage, known.Length, risk));
    }

    /// <summary>Whether to abstain on a row.</summary>
    /// <param name="probabilities">K probabilities.</param>
    public bool Abstains(ReadOnlySpan<double> probabilities) => !(Confidence.Compute(probabilities) >= Threshold);

    /// <summary>Serializes it; a threshold of null always abstains.</summary>
    public JsonObject Save()
    {
        var saved = new JsonObject
        {
            ["threshold"] = double.IsPositiveInfinity(Threshold) ? null : JsonValue.Create(Threshold),
            ["coverage"] = Coverage,
            ["rows"] = Rows,
        };
        if (CoverageAim is double aim)
            saved["coverage_aim"] = aim;

        if (Risk is not null)
            saved["risk"] = Risk.Save();

        return saved;
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Something is missing or out of range.</exception>
    public static SelectiveClassifier Load(JsonObject saved)
    {
        double threshold = saved["threshold"] is null ? double.PositiveInfinity : saved.Number("threshold");
        double? aim = saved["coverage_aim"] is null ? null : saved.Number("coverage_aim");
        double coverage = saved.Number("coverage");
        RiskBound? risk = saved.ObjectOrNull("risk") is JsonObject bound ? RiskBound.Load(bound) : null;
        return threshold >= 0 && aim is null or (>= 0 and <= 1) && coverage is >= 0 and <= 1
            ? new SelectiveClassifier(threshold, aim, coverage, saved.Integer("rows"), risk)
            : throw new InvalidDataException(
                $"The abstention threshold's 'threshold' {threshold}, 'coverage_aim' {aim} or 'coverage' {coverage} is out of range.");
    }
}
