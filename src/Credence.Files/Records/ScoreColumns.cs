using Credence.Data;
using Credence.Files.Inputs;

namespace Credence.Files.Records;

/// <summary>The columns beside the scores that say how much a row counts, in which part of a split it is, and when it was.</summary>
internal sealed class ScoreColumns
{
    private readonly IRecordFile text;
    private readonly MissingMarkers missing;
    private readonly int weight, part, time;
    private readonly List<double> weights = [], times = [];
    private readonly List<string?> parts = [];

    /// <summary>The columns of these roles.</summary>
    /// <param name="text">The file.</param>
    /// <param name="roles">The role of each of its columns.</param>
    /// <param name="missing">What marks a missing cell.</param>
    public ScoreColumns(IRecordFile text, ColumnRole[] roles, MissingMarkers missing)
    {
        this.text = text;
        this.missing = missing;
        weight = Array.IndexOf(roles, ColumnRole.Weight);
        part = Array.IndexOf(roles, ColumnRole.Split);
        time = Array.IndexOf(roles, ColumnRole.Time);
    }

    /// <summary>One weight per row, or null.</summary>
    public double[]? Weights => weight < 0 ? null : [.. weights];

    /// <summary>One part per row, or null.</summary>
    public IReadOnlyList<string?>? Parts => part < 0 ? null : parts;

    /// <summary>One time per row, or null.</summary>
    public double[]? Times => time < 0 ? null : [.. times];

    /// <summary>Reads the cells of one row.</summary>
    /// <exception cref="InvalidDataException">A weight is no number of at least 0, or a time neither a number nor a date.</exception>
    public void Add(IRecords records)
    {
        if (weight >= 0)
            weights.Add(records.TryNumber(weight, out double value) && value >= 0 && double.IsFinite(value) ? value
                : throw Bad(records, weight, "a weight is a number of at least 0"));

        if (part >= 0)
            parts.Add(missing.Has(records.Text(part)) ? null : records.Text(part).ToString());

        if (time >= 0)
            times.Add(missing.Has(records.Text(time)) ? double.NaN
                : records.TryNumber(time, out double moment) ? moment
                : DateParser.TryParse(records.Text(time), out long ticks) ? ticks
                : throw Bad(records, time, "a time is a number or a date"));
    }

    private InvalidDataException Bad(IRecords records, int field, string expected) => new(
        $"{new RowPlace(text.Input.Name, records.Line)}, column '{NameDisplay.Shortened(text.Names[field])}': "
        + $"'{NameDisplay.Shortened(records.Text(field))}'; {expected}.");
}
