namespace Credence.Report.Sections;

/// <summary>The data.</summary>
public sealed record DataSummary
{
    /// <summary>The source: a file's name.</summary>
    public string Source { get; init; } = "";

    /// <summary>Rows the model was trained on; 0 where there were none.</summary>
    public long TrainRows { get; init; }

    /// <summary>Rows whose scores the calibrator was fitted on; may be the training rows, by out-of-fold scores.</summary>
    public long CalibrationRows { get; init; }

    /// <summary>Rows of the evaluation.</summary>
    public long TestRows { get; init; }

    /// <summary>Rows that occur more than once.</summary>
    public long DuplicateRows { get; init; }

    /// <summary>What those rows are taken for, as a clause.</summary>
    public string Repeats { get; init; } = "equal rows stay on one side of a split";

    /// <summary>The name of the label's column.</summary>
    public string? Label { get; init; }

    /// <summary>Columns by kind: a kind and the names of its columns.</summary>
    public IReadOnlyList<(string Kind, IReadOnlyList<string> Names)> Columns { get; init; } = [];

    /// <summary>The classes and how many rows each has.</summary>
    public IReadOnlyList<(string Name, long Count)> Classes { get; init; } = [];

    /// <summary>What was detected or left out, a sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
