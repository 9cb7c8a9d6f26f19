using System.Text.Json.Nodes;
using Credence.Data.Scores;
using Credence.Files.Scores;
using Credence.Onnx.Format;
using Credence.Onnx.Reading;
using Credence.Onnx.Running;
using Credence.Onnx.Writing;
using Credence.Workflows;
using Credence.Workflows.Scores;

namespace Credence.Onnx.Wrapping;

/// <summary>Calibrates an ONNX classifier in its own file: runs it over rows with labels, calibrates its scores as saved ones are, appends
/// the calibrator to its graph, and runs both over the rows to compare them. Nothing is written.</summary>
public sealed class WrapWorkflow
{
    private readonly WrapOptions options;

    /// <summary>A workflow with the given options.</summary>
    public WrapWorkflow(WrapOptions? options = null) => this.options = options ?? new WrapOptions();

    /// <summary>Runs, calibrates, appends and compares.</summary>
    /// <param name="classifier">The classifier.</param>
    /// <param name="data">Rows it was not trained on, with labels.</param>
    /// <param name="progress">Receives stages and notes.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="WorkflowOptionException">There are no labels, or an option is invalid.</exception>
    /// <exception cref="ArgumentException">The graph can't hold what was asked for.</exception>
    /// <exception cref="InvalidDataException">The rows don't fit the model, or the calibrated graph does not give what it
    /// should.</exception>
    public WrapOutcome Run(
        OnnxClassifier classifier, DataInput data, IProgress<WorkflowProgress>? progress = null,
            CancellationToken cancellationToken = default)
    {
        int threads = options.Calibration.MaxThreads;
        OnnxScores scored = OnnxScores.Run(classifier, data, options.Kind, threads, progress, cancellationToken);
        SavedScores scores = scored.Scores;
        if (scores.Groups is not null)
            throw new WorkflowOptionException("A graph does not know a row's group, so nothing in it can differ by group.", "Group");

        CheckLabelled(scores, data);
        ScoreInput.Check(scores, progress);
        CalibrationOutcome calibration = new CalibrationWorkflow(options.Calibration).Run(scores, progress, cancellationToken);
        var record = new JsonObject
        {
            ["found"] = classifier.Found,
            ["method"] = calibration.Fit.Calibrator.Calibrator.Method,
            ["rows"] = calibration.Evaluation.CalibrationRows,
            ["data"] = calibration.Fit.Calibrator.Facts.Data,
        };
        WrappedGraph wrapped = WrappedGraph.Append(classifier, calibration.Fit.Calibrator, scored.Columns, options.Replace, record);
        ModelCheck.Check(wrapped.Model, null);
        (double difference, double change) = Compare(classifier, wrapped, scored.Inputs, calibration.Apply(), cancellationToken);
        return new WrapOutcome(wrapped.Model, calibration)
        {
            Found = classifier.Found,
            Probabilities = wrapped.Probabilities,
            Sets = wrapped.Sets,
            Abstain = wrapped.Abstain,
            LargestDifference = difference,
            LargestChange = change,
        };
    }

    private (double Difference, double Change) Compare(
        OnnxClassifier classifier, WrappedGraph wrapped, InputRows inputs, Probabilities own, CancellationToken cancellationToken)
    {
        string[] kept = [.. classifier.Model.Graph.Output.Where(HoldsNumbers).Select(output => output.Name)
            .Where(name => !options.Replace || name != classifier.Output)];
        using var before = new OnnxRun(classifier.Model, options.Calibration.MaxThreads);
        using var after = new OnnxRun(wrapped.Model, options.Calibration.MaxThreads);
        double[][] originals = kept.Length == 0 ? [] : before.Run(inputs, kept, null, cancellationToken);
        double[][] results = after.Run(inputs, [.. kept, wrapped.Probabilities], null, cancellationToken);
        double change = 0;
        for (int i = 0; i < kept.Length; i++)
            change = Math.Max(change, Largest(originals[i], results[i]));

        return (Largest(results[^1], own.Values), change);
    }

    private static double Largest(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        if (a.Length != b.Length)
            return double.PositiveInfinity;

        double largest = 0;
        for (int i = 0; i < a.Length; i++)
            largest = Math.Max(largest, a[i].Equals(b[i]) ? 0 : double.IsNaN(a[i] - b[i]) ? double.PositiveInfinity
                : Math.Abs(a[i] - b[i]));

        return largest;
    }

    private static bool HoldsNumbers(ValueInfoProto output) => output.Type?.TensorType is { } tensor
        && (TensorProto.Types.DataType)tensor.ElemType is TensorProto.Types.DataType.Float or TensorProto.Types.DataType.Double
            or TensorProto.Types.DataType.Int64
        && tensor.Shape?.Dim.Count is null or > 0;

    private static void CheckLabelled(SavedScores scores, DataInput data)
    {
        if (scores.Labels is null)
            throw new WorkflowOptionException($"'{data.Name}' has no labels, which a calibration needs.", nameof(data.Reading.Label));
    }
}
