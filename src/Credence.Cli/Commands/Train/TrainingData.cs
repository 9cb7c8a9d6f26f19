using Credence.Cli.Options;
using Credence.Cli.Output;
using Credence.Data;
using Credence.Data.Columns;
using Credence.Data.Splits;
using Credence.Files.Inputs;
using Credence.Files.Records;
using Credence.Models.Learning;

namespace Credence.Cli.Commands.Train;

/// <summary>The rows to train on and the rows to measure on, as the options part them.</summary>
internal sealed record TrainingData
{
    /// <summary>The rows to train on.</summary>
    public required DataSet Train { get; init; }

    /// <summary>The rows to measure on; null where folds measure.</summary>
    public DataSet? Test { get; init; }

    /// <summary>What the data is, in a few words.</summary>
    public required string Description { get; init; }

    /// <summary>What kind of rows: table, text, image, audio.</summary>
    public required string Kind { get; init; }

    /// <summary>The name of what gives the label.</summary>
    public required string LabelName { get; init; }

    /// <summary>SHA-256 of the data.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The rows that repeat an earlier one.</summary>
    public int Duplicates { get; init; }

    /// <summary>What was guessed, and what a person should know.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>The part of each row that was read, in order: train, valid or test.</summary>
    public required IReadOnlyList<string> Parts { get; init; }

    /// <summary>Reads and parts the data.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="progress">Told how much is read.</param>
    public static TrainingData Read(TrainingRequest request, Action<double, string?> progress)
    {
        Invocation invocation = request.Invocation;
        ReadOptions options = DataOptions.Read(invocation);
        options = options with { Label = options.Label ?? request.Label };
        string[] paths = request.Paths;
        var notes = new List<string>();
        if (invocation.Get(SplitOptions.Valid) is { } valid)
        {
            paths = [.. paths, valid];
            notes.Add($"the rows of '{valid}' are trained on: folds make their own validation rows");
        }

        MemoryNeed.Check(paths);
        using IRowSource source = DataSource.Open(invocation, paths, options);
        LabelledRows.CheckSaysLabel(source);
        var told = new FractionProgress(progress);
        DataChunk chunk = source.ReadAll(told, invocation.Cancellation);
        LabelledRows all = LabelledRows.Of(chunk);
        if (all.Data.LabelSets is null)
            ClassifierLearner.CheckLabels(all.Data);
        else
            MultiLabelLearner.CheckLabels(all.Data);

        notes.InsertRange(0, source.Notes);
        notes.AddRange(all.Notes);
        var data = new TrainingData
        {
            Train = all.Data,
            Description = Named(source.Description, paths),
            Kind = source.Kind,
            LabelName = source.LabelName ?? "label",
            Fingerprint = source.Fingerprint,
            Notes = notes,
            Parts = all.Parts("train"),
        };
        if ((request.Test ?? invocation.Get(SplitOptions.Test)) is { } test)
            return data.MeasuredOn(ReadTest(test, options, source, told, invocation), test);

        return invocation.Get(SplitOptions.Folds) > 0 ? data : data.Divided(all, chunk, invocation);
    }

    private TrainingData Divided(LabelledRows all, DataChunk chunk, Invocation invocation)
    {
        double size = invocation.Get(SplitOptions.TestSize);
        Split split = chunk switch
        {
            { Split: { } column } => Split.ByColumn(Train, (CategoryColumn)column.Select(all.Rows)),
            { Times: { } times } => Split.ByTime(Train, new NumberColumn("time", times).Select(all.Rows), size),
            _ => Split.Stratified(Train, size, invocation.Seed),
        };
        return this with
        {
            Train = Train.Select([.. split.Train.Concat(split.Validation).Order()]),
            Test = Train.Select(split.Test),
            Duplicates = split.Duplicates,
            Notes = [.. Notes, .. split.Notes],
            Parts = all.Parts(split),
        };
    }

    private TrainingData MeasuredOn(LabelledRows test, string path)
    {
        HashSet<ulong> known = [.. RowHash.Compute(Train.Features)];
        int repeated = RowHash.Compute(test.Data.Features).Count(known.Contains);
        IEnumerable<string> notes = test.Notes.Select(note => $"{path}: {note}");
        if (repeated > 0)
            notes = notes.Append($"{repeated} of the {test.Data.Rows} test rows equal a training row in every column");

        return this with { Test = test.Data, Parts = [.. Parts, .. test.Parts("test")], Notes = [.. Notes, .. notes] };
    }

    private static LabelledRows ReadTest(string path, ReadOptions options, IRowSource like, FractionProgress told, Invocation invocation)
    {
        string? labels = invocation.Get(SplitOptions.TestLabels);
        if (options.LabelsFile is not null && labels is null)
            throw new UsageException($"The labels of '{path}' are missing: give --test-labels FILE beside --labels.");

        using IRowSource source = DataSource.Open(invocation, [path], options with { LabelsFile = labels ?? options.LabelsFile }, like.Schema);
        return LabelledRows.Of(source.ReadAll(told, invocation.Cancellation));
    }

    /// <summary>A description without folders.</summary>
    // A model's file holds no path: the same data gives the same bytes wherever it lies.
    public static string Named(string description, string[] paths) =>
        paths.Aggregate(description, (text, path) => text.Replace(path, Path.GetFileName(Path.TrimEndingDirectorySeparator(path)), StringComparison.Ordinal));
}
