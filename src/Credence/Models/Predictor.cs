using Credence.Conformal;
using Credence.Data.Scores;
using Credence.Decisions;
using Credence.OutOfDistribution;
using Credence.Shift;

namespace Credence.Models;

/// <summary>Turns a model's calibrated probabilities into predictions under one set of options. Safe for use by several threads.</summary>
public sealed class Predictor
{
    private readonly IReadOnlyList<string> classes;
    private readonly PredictionOptions options;
    private readonly ModelDecisions decisions;
    private readonly ConformalClassifier? sets;
    private readonly double threshold;
    private readonly LabelShiftEstimate? givenShift;
    private readonly Policy policy;

    /// <summary>Checks the options against what the model has.</summary>
    /// <exception cref="ArgumentException">An option is out of its range, or asks for what the model does not have.</exception>
    internal Predictor(IReadOnlyList<string> classes, ModelDecisions decisions, PredictionOptions options)
    {
        if (options.Top < 1)
            throw new ArgumentException($"'{nameof(options.Top)}' is {options.Top}; it must be at least 1.", nameof(options));

        this.classes = classes;
        this.options = options;
        this.decisions = decisions;
        sets = options.Alpha is { } alpha ? SetsAt(decisions.Sets, alpha) : decisions.Sets;
        if (options.Coverage is { } coverage)
        {
            threshold = (decisions.Confidences ?? throw new ArgumentException("The model has no held-out confidences, so it can't "
                + "guarantee a coverage.", nameof(options)))
                .ThresholdFor(coverage);
        }

        if ((options.Prior is not null || options.EstimatesPrior) && decisions.Shift is null)
            throw new ArgumentException("The model has no class frequencies, so no label shift can be detected. Train or calibrate again.",
                nameof(options));

        if (options.Prior is { } prior)
            givenShift = decisions.Shift!.Known([.. prior]);

        policy = options.Costs is null ? decisions.Policy ?? Policy.AnswerAlways : Policy.Of(options.Costs.InOrder(classes));
    }

    /// <summary>The options.</summary>
    internal PredictionOptions Options => options;

    /// <summary>Whether
    /// <see cref="Predict(Probabilities, ReadOnlySpan{ulong}, IReadOnlyList{string}, IReadOnlyList{double}, ICollection{string})"/> needs a
    /// key a row.</summary>
    public bool NeedsRowKeys => sets is { TakesKeys: true };

    /// <summary>Makes predictions from probabilities.</summary>
    /// <param name="probabilities">[rows, classes], calibrated.</param>
    /// <param name="rowKeys">One key per row, for the sets' randomisation; may be left out where <see cref="NeedsRowKeys"/> is
    /// false.</param>
    /// <param name="groups">The group of each row, where the sets are by group; rows of an unseen group get every class.</param>
    /// <param name="outlierScores">The outlier score of each row, by the model's outlier detector; without it no outlier is
    /// detected.</param>
    /// <param name="notes">Receives notes on the rows as a whole, such as a label shift.</param>
    public IReadOnlyList<Prediction> Predict(
        Probabilities probabilities, ReadOnlySpan<ulong> rowKeys = default, IReadOnlyList<string?>? groups = null,
        IReadOnlyList<double>? outlierScores = null, ICollection<string>? notes = null)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        if (probabilities.Classes != classes.Count)
        {
            throw new ArgumentException(
                $"The probabilities are of {probabilities.Classes} classes, the model has {classes.Count}.", nameof(probabilities));
        }

        RowKey.Check(rowKeys, probabilities.Rows, NeedsRowKeys);
        RowsUnderPrior rows = UnderPrior(probabilities, notes);
        probabilities = rows.Probabilities;
        Dictionary<string, int>? groupOf = groups is null ? null : (rows.Sets?.GroupNames ?? []).Select((name, index) => (name, index))
            .ToDictionary(pair => pair.name, pair => pair.index, StringComparer.Ordinal);
        double[]? pValues = decisions.Outliers is { } detector && outlierScores is not null ? [.. outlierScores.Select(detector.PValueOf)]
            : null;
        if (pValues is not null && decisions.Outliers!.TooFewRowsFor(options.FalseDiscoveryRate ?? options.FalseAlarmRate) is { } tooFew)
            notes?.Add(tooFew);

        bool[]? outliers = pValues is null ? null
            : options.FalseDiscoveryRate is { } rate ? BenjaminiHochberg.Reject(pValues, rate)
            : [.. pValues.Select(p => p <= options.FalseAlarmRate)];
        var predictions = new Prediction[probabilities.Rows];
        for (int row = 0; row < predictions.Length; row++)
        {
            int group = groups?[row] is { } name && groupOf!.TryGetValue(name, out int known) ? known : -1;
            ulong key = rowKeys.IsEmpty ? 0 : rowKeys[row];
            string[]? set = rows.SetOf(row, key, group)?.Select(k => classes[k]).ToArray();
            predictions[row] = Predict(probabilities.Row(row), set) with
            {
                OutlierPValue = pValues?[row],
                IsOutlier = outliers?[row],
            };
        }

        return predictions;
    }

    /// <summary>Probabilities and sets under the class prior of the options, given or estimated from these rows.</summary>
    /// <param name="probabilities">[rows, classes], calibrated.</param>
    /// <param name="notes">Receives notes on the rows as a whole, such as a label shift.</param>
    public RowsUnderPrior UnderPrior(Probabilities probabilities, ICollection<string>? notes = null)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        if (ShiftOf(probabilities, notes) is not { } shift)
            return new RowsUnderPrior(probabilities, probabilities, sets, null);

        Probabilities weighed = shift.Reweight(probabilities);

        // Sets compare rows with the calibration rows, so they use the probabilities that those have.
        return new RowsUnderPrior(weighed, sets?.KeepsRows == true ? weighed : probabilities, SetsUnder(shift, notes), shift);
    }

    private ConformalClassifier? SetsUnder(LabelShiftEstimate shift, ICollection<string>? notes)
    {
        if (sets?.Partition == ConformalPartition.Group)
            notes?.Add("sets by group are not reweighted by the class prior; their coverage is not guaranteed under the shift");

        if (sets is null || sets.KeepsRows)
            return sets?.ForPrior([.. shift.Weights], shift.ConformalWeights());

        notes?.Add("this model file keeps no calibration rows, so its sets are in the order of the probabilities before the prior, and the "
            + "label is added to those that lack it; train or calibrate again for smaller ones");
        return sets.Partition == ConformalPartition.None ? sets.ForClassWeights(shift.ConformalWeights()) : sets;
    }

    /// <summary>The weights of the classes; null where there is no reweighting.</summary>
    private LabelShiftEstimate? ShiftOf(Probabilities probabilities, ICollection<string>? notes)
    {
        if (givenShift is not null || !options.EstimatesPrior || probabilities.Rows == 0)
            return givenShift;

        LabelShiftEstimate estimate = decisions.Shift!.Estimate(probabilities);
        notes?.Add(estimate.Verdict);
        if (!estimate.IsShifted)
            return null;

        foreach (int k in Enumerable.Range(0, classes.Count)
            .OrderByDescending(k => Math.Abs(estimate.Prior[k] - decisions.Shift!.SourcePrior[k])).Take(10))
        {
            notes?.Add($"share of '{classes[k]}': {estimate.Prior[k]:0.0%} ({estimate.Intervals[k].Low:0.0%} to "
                + $"{estimate.Intervals[k].High:0.0%}), "
                + $"{decisions.Shift!.SourcePrior[k]:0.0%} in the calibration rows");
        }

        return estimate;
    }

    private Prediction Predict(ReadOnlySpan<double> probabilities, string[]? set)
    {
        int[] top = MostProbable(probabilities, Math.Min(options.Top, probabilities.Length));
        double confidence = probabilities[top[0]];
        PolicyDecision decision = Decide(probabilities, confidence);
        var shown = new LabelProbability[top.Length];
        for (int i = 0; i < top.Length; i++)
            shown[i] = new LabelProbability(classes[top[i]], probabilities[top[i]]);

        return new Prediction(shown[0].Label, confidence, shown, set, decision.Abstain)
        {
            Action = decision.Action,
            ExpectedCost = decision.ExpectedCost
        };
    }

    private PolicyDecision Decide(ReadOnlySpan<double> probabilities, double confidence) =>
        options.Costs is null && options.Coverage is not null ? new PolicyDecision(confidence < threshold, null, null)
            : policy.Decide(probabilities);

    // Selects the few largest by insertion into a short sorted list; ties are in class order.
    internal static int[] MostProbable(ReadOnlySpan<double> probabilities, int count)
    {
        var top = new int[count];
        int filled = 0;
        for (int k = 0; k < probabilities.Length; k++)
        {
            int at = filled;
            while (at > 0 && probabilities[k] > probabilities[top[at - 1]])
                at--;

            if (at == count)
                continue;

            filled = Math.Min(filled + 1, count);
            for (int i = filled - 1; i > at; i--)
                top[i] = top[i - 1];

            top[at] = k;
        }

        return top;
    }

    private static ConformalClassifier SetsAt(ConformalClassifier? own, double alpha)
    {
        if (own is null)
            throw new ArgumentException("The model has no prediction sets: there were too few rows to calibrate them on.");

        return own.At(alpha).Required(refusal => new ArgumentException(refusal.Message));
    }
}
