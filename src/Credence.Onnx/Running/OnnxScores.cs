using Credence.Data;
using Credence.Data.Scores;
using Credence.Diagnostics;
using Credence.Files.Inputs;
using Credence.Files.Records;
using Credence.Files.Scores;
using Credence.Onnx.Format;
using Credence.Onnx.Reading;
using Credence.Workflows;

namespace Credence.Onnx.Running;

/// <summary>The scores that an ONNX classifier gives to rows of data.</summary>
public sealed class OnnxScores
{
    private OnnxScores(SavedScores scores, InputRows inputs, ScoreKind kind, int columns)
    {
        Scores = scores;
        Inputs = inputs;
        Kind = kind;
        Columns = columns;
    }

    /// <summary>The scores, with labels where the data has them, as if they had been saved.</summary>
    public SavedScores Scores { get; }

    internal InputRows Inputs { get; }

    internal ScoreKind Kind { get; }

    /// <summary>The number of scores a row; one is for the second of two classes.</summary>
    internal int Columns { get; }

    /// <summary>Runs a classifier over rows.</summary>
    /// <param name="classifier">The classifier.</param>
    /// <param name="data">The rows: a column or array an input, by name; the only input takes all columns of numbers.</param>
    /// <param name="kind">The kind of its scores; null where the graph says it, or the numbers do: rows that sum to 1 are
    /// probabilities.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core.</param>
    /// <param name="progress">Receives the stages and notes.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="WorkflowOptionException">An option of the data is invalid.</exception>
    /// <exception cref="InvalidDataException">The rows don't fit the model's inputs, or its output holds no scores.</exception>
    public static OnnxScores Run(
        OnnxClassifier classifier, DataInput data, ScoreKind? kind = null, int maxThreads = 0,
        IProgress<WorkflowProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var stages = new StageReporter(progress);
        using IRowSource source = Open(data, cancellationToken);
        DataChunk rows = stages.Read(WorkflowStage.Reading, told => source.ReadAll(told, cancellationToken));
        if (rows.LabelSets is not null)
            throw new WorkflowOptionException("An ONNX classifier of rows with several labels can't be read.",
                nameof(ReadOptions.LabelSeparator));

        InputRows inputs = InputRows.Of(classifier.Model, rows.Features, data.Name);
        double[] values;
        using (var run = new OnnxRun(Cut(classifier), maxThreads))
        {
            values = stages.Read(
                WorkflowStage.Predicting, told => run.Run(inputs, [classifier.Head.Tensor], told, cancellationToken)[0]);
        }

        int columns = values.Length / rows.Rows;
        if (columns > 1 && classifier.Head.Form == HeadForm.Sigmoid)
        {
            throw new InvalidDataException(
                $"{classifier.Name} gives a sigmoid for each of {columns} classes: rows with several labels, which can't be wrapped.");
        }

        ScoreKind found = kind ?? classifier.Kind
            ?? (ScoreFormatReport.LooksLikeProbabilities(values, columns)
                || (columns == 1 && !values.AsSpan().ContainsAnyExceptInRange(0, 1))
                ? ScoreKind.Probabilities : ScoreKind.Logits);
        stages.Note($"{classifier.Name}: {classifier.Found}"
            + (classifier.Kind is null ? $", whose {columns} numbers a row are read as {found.ToString().ToLowerInvariant()}" : ""));
        int classes = Math.Max(2, columns);
        try
        {
            SavedScores scores = SavedScores.OfModel(
                data.Name, values, rows, source.Fingerprint, found, classifier.Classes(classes), data.Reading);
            stages.Notes([.. source.Notes, .. scores.Notes]);
            return new OnnxScores(scores, inputs, found, columns);
        }
        catch (ArgumentException error)
        {
            throw new WorkflowOptionException(error.Message, inner: error);
        }
    }

    /// <summary>Opens the rows; a column called label is the label, unless an option says which is.</summary>
    private static IRowSource Open(DataInput data, CancellationToken cancellationToken)
    {
        ReadOptions reading = data.Reading with { LabelNames = null, Positive = null, IgnoreLabel = null };
        IRowSource source = (data with { Reading = reading }).Open(cancellationToken: cancellationToken);
        bool isSaid = (reading.Label ?? reading.LabelsFile ?? reading.LabelPattern) is not null;
        if (isSaid || source.LabelName is not null || !source.Columns.Contains("label") || data.Paths.Contains("-"))
            return source;

        source.Dispose();
        return (data with { Reading = reading with { Label = "label" } }).Open(cancellationToken: cancellationToken);
    }

    /// <summary>The model with the scores as its only output.</summary>
    private static ModelProto Cut(OnnxClassifier classifier)
    {
        ModelProto cut = classifier.Model.Clone();
        ValueInfoProto? kept = cut.Graph.Output.FirstOrDefault(output => output.Name == classifier.Head.Tensor);
        cut.Graph.Output.Clear();
        cut.Graph.Output.Add(kept ?? new ValueInfoProto { Name = classifier.Head.Tensor });
        return cut;
    }
}
