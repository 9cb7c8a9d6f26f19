using Credence.Data;
using Credence.Data.Columns;
using Credence.Data.Splits;
using Credence.Files.Inputs;
using Credence.Files.Records;
using Credence.Models.Learning;

namespace Credence.Workflows.Training;

/// <summary>The rows to train on and the rows to evaluate on, as the options split them.</summary>
public sealed record TrainingData
{
    /// <summary>The rows to train on.</summary>
    public required DataSet Train { get; init; }

    /// <summary>The rows to evaluate on; null for cross-validation.</summary>
    public DataSet? Test { get; init; }

    /// <summary>Rows to evaluate on whose label is none of the training rows' classes; null where there are none.</summary>
    public UnseenLabels? Unseen { get; init; }

    /// <summary>The name of the first file.</summary>
    public required string Name { get; init; }

    /// <summary>A short description of the data, without folders.</summary>
    public required string Description { get; init; }

    /// <summary>The kind of rows: table, text, image, audio.</summary>
    public required string Kind { get; init; }

    /// <summary>The name of the label column, or of what gives the label.</summary>
    public required string LabelName { get; init; }

    /// <summary>SHA-256 of the data, in lower-case hexadecimal digits.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>How the data are laid out and each column is read; null where they are no table of text.</summary>
    public DataLayout? Layout { get; init; }

    /// <summary>The number of rows that repeat an earlier one.</summary>
    public int Duplicates { get; init; }

    /// <summary>What the rows that repeat an earlier one are; null where the rows were streamed.</summary>
    public RowRepeats? Repeats { get; init; }

    /// <summary>What was detected or left out, one sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>The part of each row that was read, in order: <c>train</c>, <c>valid</c>, <c>test</c>, or <c>none</c> without a
    /// label.</summary>
    public required IReadOnlyList<string> Parts { get; init; }

    /// <summary>Reads and splits the data.</summary>
    /// <param name="input">The rows.</param>
    /// <param name="options">How they are split.</param>
    /// <param name="progress">Receives the stage <see cref="WorkflowStage.Reading"/>, then the notes.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="WorkflowOptionException">An option is not valid, or no option names the label is.</exception>
    /// <exception cref="InvalidDataException">The data can't be read, or can't be trained on.</exception>
    /// <exception cref="InsufficientMemoryException">The data is too large to be trained on in memory.</exception>
    public static TrainingData Read(
        DataInput input,
        TrainingWorkflowOptions options,
        IProgress<WorkflowProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var stages = new StageReporter(progress);
        TrainingData data = stages.Read(WorkflowStage.Reading, told => Read(input, options, told, cancellationToken));
        stages.Notes(data.Notes);
        return data;
    }

    private static TrainingData Read(
        DataInput input, TrainingWorkflowOptions options, IProgress<double> told, CancellationToken cancellationToken)
    {
        var notes = new List<string>();
        if (options.ValidationPath is { } valid)
        {
            input = input with { Paths = [.. input.Paths, valid] };
            notes.Add($"the rows of '{valid}' are used for training: cross-validation makes its own validation rows");
        }

        using IRowSource source = input.Open(cancellationToken: cancellationToken);
        LabelledRows.CheckSaysLabel(source);
        (DataChunk chunk, LabelledRows all) = All(input.Reading, source, told, cancellationToken);
        if (all.Data.LabelSets is null)
            ClassifierLearner.CheckLabels(all.Data);
        else
            MultiLabelLearner.CheckLabels(all.Data);

        notes.AddRange(all.Data switch
        {
            { Labels: { } labels } => LabelSpelling.Notes(labels.Names, labels.Counts()),
            { LabelSets: { } sets } => LabelSpelling.Notes(sets.Names, sets.Counts()),
            _ => [],
        });
        RowRepeats repeats = RowRepeats.Judge(all.Data, options.Classifier.Repeats);
        if (repeats.Note is { } note)
            notes.Add(note);

        TrainingData data = Of(input, source, all.Data with { Repeats = repeats.Are }) with
        {
            Repeats = repeats,
            Duplicates = repeats.Repeated,
            Notes = [.. source.Notes, .. notes, .. all.Notes],
            Parts = all.Parts("train"),
        };
        if (options.TestPath is { } test)
        {
            using IRowSource rows = OpenTest(input, test, options, source, cancellationToken);
            return data.EvaluatedOn(LabelledRows.Of(rows.ReadAll(told, cancellationToken)), test);
        }

        return options.Folds > 0 ? data : data.SplitBy(all, chunk, options);
    }

    /// <summary>Rows and the description of their source, without notes and parts.</summary>
    internal static TrainingData Of(DataInput input, IRowSource source, DataSet rows) => new()
    {
        Train = rows,
        Name = input.Name,
        Description = WithoutFolders(source.Description, input.Paths),
        Kind = source.Kind,
        LabelName = source.LabelName ?? "label",
        Fingerprint = source.Fingerprint,
        Layout = source.Layout,
        Notes = [],
        Parts = [],
    };

    /// <summary>Opens the rows to evaluate on, with the read options of the training rows.</summary>
    /// <exception cref="WorkflowOptionException">The training labels are in a separate file, and none was named for these rows.</exception>
    internal static IRowSource OpenTest(
        DataInput input, string path, TrainingWorkflowOptions options, IRowSource like, CancellationToken cancellationToken)
    {
        if (input.Reading.LabelsFile is not null && options.TestLabelsFile is null)
        {
            throw new WorkflowOptionException(
                $"The labels of '{path}' are missing: the training rows have a separate file of labels, so these rows need one too.",
                nameof(TrainingWorkflowOptions.TestLabelsFile));
        }

        ReadOptions reading = input.Reading with
        {
            LabelsFile = options.TestLabelsFile ?? input.Reading.LabelsFile,
            Layout = like.Layout,
        };
        return (input with { Paths = [path], Reading = reading }).Open(like.Schema, cancellationToken);
    }

    private static (DataChunk Chunk, LabelledRows Rows) All(
        ReadOptions reading, IRowSource source, IProgress<double> told, CancellationToken cancellationToken)
    {
        try
        {
            DataChunk chunk = source.ReadAll(told, cancellationToken);
            LabelledRows rows = LabelledRows.Of(chunk);
            MemoryNeed.Check(rows.Data.Features, rows.Data.Labels?.Classes ?? rows.Data.LabelSets?.Names.Count ?? 0, reading);
            return (chunk, rows);
        }
        catch (InsufficientMemoryException error)
        {
            throw new InsufficientMemoryException(
                $"{error.Message} Set {nameof(TrainingWorkflowOptions)}.{nameof(TrainingWorkflowOptions.Streaming)} to train from disk, in "
                + "memory that does not grow with the rows.",
                error);
        }
    }

    private TrainingData SplitBy(LabelledRows all, DataChunk chunk, TrainingWorkflowOptions options)
    {
        int[] rows = [.. all.Rows];
        Split split = chunk switch
        {
            { Split: { } column } => Split.ByColumn(Train, (CategoryColumn)column.Select(rows)),
            { Times: { } times } => Split.ByTime(Train, new NumberColumn("time", times).Select(rows), options.TestFraction),
            _ => Split.Stratified(Train, options.TestFraction, options.Classifier.Seed),
        };
        return this with
        {
            Train = Train.Select([.. split.Train.Concat(split.Validation).Order()]),
            Test = Train.Select(split.Test),
            Notes = [.. Notes, .. split.Notes],
            Parts = all.Parts(split),
        };
    }

    private TrainingData EvaluatedOn(LabelledRows test, string path)
    {
        test = Among(test, Train.Labels?.Names ?? Train.LabelSets!.Names, path);
        HashSet<ulong> known = [.. RowHash.Compute(Train.Features)];
        int repeated = RowHash.Compute(test.Data.Features).Count(known.Contains);
        IEnumerable<string> notes = test.Notes.Select(note => $"{path}: {note}");
        if (repeated > 0)
            notes = notes.Append($"{repeated} of the {test.Data.Rows} test rows equal a training row in every column");

        return this with
        {
            Test = test.Data,
            Unseen = test.Unseen,
            Parts = [.. Parts, .. test.Parts("test")],
            Notes = [.. Notes, .. notes],
        };
    }

    /// <summary>The rows to evaluate on, their labels matched with the training rows' before anything is trained.</summary>
    /// <exception cref="InvalidDataException">No label is one of the training rows'.</exception>
    internal static LabelledRows Among(LabelledRows test, IReadOnlyList<string> classes, string path)
    {
        try
        {
            return test.Among(classes);
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"{path}: {error.Message}", error);
        }
    }

    // A model file holds no path, so that the same data gives the same bytes wherever it is stored.
    private static string WithoutFolders(string description, IEnumerable<string> paths) =>
        paths.Aggregate(description, (text, path) => text.Replace(path, DataInput.FileName(path), StringComparison.Ordinal));
}
