using Credence.Data;
using Credence.Decisions;

namespace Credence.Models;

/// <summary>Turns a classifier's probabilities into predictions under one set of options. Safe for use by several threads.</summary>
public sealed class Predictor
{
    private readonly Classifier? classifier;
    private readonly IReadOnlyList<string> classes;
    private readonly PredictionOptions options;
    private readonly ConformalClassifier? sets;
    private readonly double threshold;

    /// <summary>Checks the options against what the classifier has.</summary>
    /// <exception cref="ArgumentException">An option is out of its range, or asks for what the model does not have.</exception>
    public Predictor(Classifier classifier, PredictionOptions options)
        : this(classifier.Classes, classifier.Sets, classifier.Confidences, options) => this.classifier = classifier;

    /// <summary>As for a classifier, for scores that some other system made; <see cref="Predict(Probabilities, ReadOnlySpan{ulong})"/> takes them.</summary>
    /// <exception cref="ArgumentException">An option is out of its range, or asks for what the calibrator does not have.</exception>
    public Predictor(ScoreCalibrator calibrator, PredictionOptions options)
        : this(calibrator.Classes, calibrator.Sets, calibrator.Confidences, options)
    {
    }

    private Predictor(IReadOnlyList<string> classes, ConformalClassifier? own, ConfidenceQuantiles? confidences, PredictionOptions options)
    {
        if (options.Top < 1)
            throw new ArgumentException($"'{nameof(options.Top)}' is {options.Top}; it must be at least 1.", nameof(options));

        this.classes = classes;
        this.options = options;
        sets = options.Alpha is { } alpha ? SetsAt(own, alpha) : own;
        if (options.Coverage is { } coverage)
        {
            threshold = (confidences ?? throw new ArgumentException("The model has no held-out confidences, so no coverage can be promised.", nameof(options)))
                .ThresholdFor(coverage);
        }
    }

    /// <summary>What the classifier says of each row.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="notes">Takes a sentence for each thing that differs from the training data.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="InvalidOperationException">It was made of a calibrator.</exception>
    public IReadOnlyList<Prediction> Predict(Table table, ICollection<string>? notes = null, CancellationToken cancellationToken = default)
    {
        if (classifier is null)
            throw new InvalidOperationException("This predictor was made of a calibrator, which takes scores, not rows.");

        Logits logits = classifier.Score(table, notes, options.MaxThreads, cancellationToken);
        ulong[] keys = sets is null ? [] : RowHash.Compute(table);
        return Predict(classifier.Calibrator.Apply(logits), keys);
    }

    /// <summary>What the probabilities say.</summary>
    /// <param name="probabilities">[rows, classes], calibrated.</param>
    /// <param name="rowKeys">A key a row, for the sets' randomiser.</param>
    public IReadOnlyList<Prediction> Predict(Probabilities probabilities, ReadOnlySpan<ulong> rowKeys)
    {
        var predictions = new Prediction[probabilities.Rows];
        for (int row = 0; row < predictions.Length; row++)
            predictions[row] = Predict(probabilities.Row(row), sets is null ? 0 : rowKeys[row]);

        return predictions;
    }

    private Prediction Predict(ReadOnlySpan<double> probabilities, ulong rowKey)
    {
        int[] top = MostProbable(probabilities, Math.Min(options.Top, probabilities.Length));
        double confidence = probabilities[top[0]];
        bool abstain = options.Costs is { } costs ? costs.Decide(probabilities).Abstains : confidence < threshold;
        var shown = new LabelProbability[top.Length];
        for (int i = 0; i < top.Length; i++)
            shown[i] = new LabelProbability(classes[top[i]], probabilities[top[i]]);

        string[]? set = sets is null ? null : [.. sets.Set(probabilities, rowKey).Select(k => classes[k])];
        return new Prediction(shown[0].Label, confidence, shown, set, abstain);
    }

    // A selection of the few largest: insertion into a short sorted list, equal ones in the order of the classes.
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

        ConformalFit fit = own.At(alpha);
        return fit.Classifier ?? throw new ArgumentException(fit.Refusal!.Message);
    }
}
