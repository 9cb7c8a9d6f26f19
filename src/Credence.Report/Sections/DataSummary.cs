namespace Credence.Report.Sections;

/// <summary>What the data was.</summary>
public sealed record DataSummary
{
    /// <summary>Where it came from: a file's name.</summary>
    public string Source { get; init; } = "";

    /// <summary>Rows the model was trained on; 0 where there were none.</summary>
    public long TrainRows { get; init; }

    /// <summary>Rows that gave the scores calibration was fitted on; may be the training rows, out of fold.</summary>
    public long CalibrationRows { get; init; }

    /// <summary>Rows everything here is measured on.</summary>
    public long TestRows { get; init; }

    /// <summary>Rows that occur more than once.</summary>
    public long DuplicateRows { get; init; }

    /// <summary>The name of the label's column.</summary>
    public string? Label { get; init; }

    /// <summary>Columns by what they hold: a kind and the names of such columns.</summary>
    public IReadOnlyList<(string Kind, IReadOnlyList<string> Names)> Columns { get; init; } = [];

    /// <summary>The classes and how many rows each has.</summary>
    public IReadOnlyList<(string Name, long Count)> Classes { get; init; } = [];

    /// <summary>What was guessed or left out, a sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
