using Credence.Data;
using Credence.Data.Columns;
using Credence.Files.Arrays;
using Credence.Files.Delimited;
using Credence.Files.Formats;
using Credence.Files.Inputs;
using Credence.Files.Records;

namespace Credence.Files.Sources;

/// <summary>Files that hold labels, or the names of labels.</summary>
internal static class LabelFiles
{
    /// <summary>The names of integer labels, from <see cref="ReadOptions.LabelNames"/>; null where none were given.</summary>
    /// <exception cref="InvalidDataException">There are no names, or two are equal.</exception>
    public static IReadOnlyList<string>? Names(ReadOptions options)
    {
        if (options.LabelNames is not { } path)
            return null;

        InputFile file = InputFile.At(path, options);
        using var lines = new BoundedLines(TextEncoding.Open(file, TextEncoding.Detect(file, options.Encoding).Encoding), path,
            options.MaxRowLength);
        var names = new List<string>();
        var used = new HashSet<string>(StringComparer.Ordinal);
        while (lines.Read() is { } line)
        {
            string name = line.Trim();
            if (name.Length > 0 && !used.Add(name))
                throw new InvalidDataException($"{path} line {lines.Number}: the name '{NameDisplay.Shortened(name)}' occurs twice.");

            if (name.Length > 0)
                names.Add(name);
        }

        return names.Count > 0 ? names : throw new InvalidDataException($"{path} has no names; it needs one per line.");
    }

    /// <summary>The labels of <see cref="ReadOptions.LabelsFile"/>; null where there is no such file.</summary>
    public static ExternalLabels? Labels(ReadOptions options, IReadOnlyList<string>? names)
    {
        if (options.LabelsFile is not { } path)
            return null;

        InputFile file = InputFile.At(path, options);
        if (FileFormats.Detect(file).Labels is { } read)
            return OfArray(read(file, options), file, names);

        // The data's text options, except the encoding, don't apply to this file.
        DelimitedFile text =
            DelimitedFile.Guess(file, new ReadOptions { Encoding = options.Encoding, MaxRowLength = options.MaxRowLength }, null);
        try
        {
            return OfText(text, names);
        }
        catch (MisquotedException error)
        {
            return OfText(text.WithoutQuotes() ?? throw new InvalidDataException(error.Message), names);
        }
    }

    private static ExternalLabels OfArray(ArrayValues array, InputFile file, IReadOnlyList<string>? names) =>
        new(file.Name, ArrayColumn.Categories(array, file, names), row => RowPlace.OfRow(file.Name, row));

    private static ExternalLabels OfText(IRecordFile text, IReadOnlyList<string>? names)
    {
        string path = text.Input.Name;
        int field = text.Names.Count == 1 ? 0 : text.Names.IndexOf("label");
        if (field < 0)
            throw new InvalidDataException($"{path} has several columns and none is named 'label': {NameDisplay.List(text.Names)}.");

        var labels = new CategoryBuilder("label", new MissingMarkers([""]), names, areLabels: true);
        var lines = new List<long>();
        using IRecords records = text.Open(mistrustQuotes: true);
        while (records.Next())
        {
            RecordWidth.Check(text, records);
            lines.Add(records.Line);
            if (!labels.TryAdd(records, field))
                throw new InvalidDataException(
                    $"{path} line {records.Line}: '{NameDisplay.Shortened(records.Text(field))}' is not {labels.Expected}.");
        }

        labels.CheckStart(path);
        return new ExternalLabels(path, (CategoryColumn)labels.Take(), row => new RowPlace(path, lines[row]));
    }
}
