using Credence.Data.Columns;
using Credence.Files.Delimited;
using Credence.Files.Formats;
using Credence.Files.Inputs;
using Credence.Files.Patterns;
using Credence.Files.Records;
using Credence.Files.Sources;

namespace Credence.Files;

/// <summary>Opens data of every supported format.</summary>
public static class DataFiles
{
    private static readonly string[] Kinds = ["table", "text", "image", "audio", "interactions"];

    /// <summary>Detects the format and the columns of the data. The rows are read afterwards.</summary>
    /// <param name="paths">Files of one format, or one folder, or <c>-</c> for standard input.</param>
    /// <param name="options">The read options; what they leave null is detected.</param>
    /// <param name="known">The columns a model needs: they are found by name, in any order, or by position where there are no names; others
    /// are skipped, and a missing label is allowed. Null detects the columns.</param>
    /// <param name="standardInput">The stream for <c>-</c>.</param>
    /// <param name="cancellationToken">Cancels the detection.</param>
    /// <exception cref="InvalidDataException">The data can't be read: the message says where and why.</exception>
    /// <exception cref="ArgumentException">An option is invalid, or names a column that doesn't exist.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static IRowSource Open(
        IReadOnlyList<string> paths,
        ReadOptions options,
        IReadOnlyList<ColumnSchema>? known = null,
        Stream? standardInput = null,
        CancellationToken cancellationToken = default)
    {
        if (paths.Count == 0)
            throw new ArgumentException("No data given: name a file, a folder, or - for standard input.");

        if (options.Kind is not null && !Kinds.Contains(options.Kind))
            throw new ArgumentException($"{ReadOptionNames.Kind} '{options.Kind}' is not known; the kinds are {string.Join(", ", Kinds)}.");

        CellFormat.Check(options);
        if (options.SkipBad < 0)
            throw new ArgumentException($"{ReadOptionNames.SkipBad} is {options.SkipBad}; it must be at least 0.");

        if (options.Keep.Count > 0 && known is null)
            throw new ArgumentException($"{ReadOptionNames.Keep} carries columns through to predictions; here nothing is predicted.");

        if (paths.Count == 1 && Directory.Exists(paths[0]))
        {
            RefuseKeep(options, paths[0], "a folder; its files are named in the predictions, and");
            return new MediaSource(paths[0], MediaFolder.Of(paths[0], options), options, known, cancellationToken);
        }

        InputFile[] inputs = [.. paths.Select(path => InputFiles.Open(path, options, standardInput))];
        try
        {
            return Open(inputs, options, known, cancellationToken);
        }
        catch
        {
            foreach (InputFile input in inputs)
                input.Dispose();

            throw;
        }
    }

    /// <summary>The files that are read where a path is given as data: itself, or the pictures, sounds and texts in a folder and below
    /// it.</summary>
    /// <param name="path">A file or a folder; nothing needs to be there.</param>
    public static IEnumerable<string> FilesOf(string path) => Directory.Exists(path)
        ? MediaFolder.Below(path).Where(file => FileFormats.OfRow(file) is not null)
        : [path];

    private static IRowSource Open(
        InputFile[] inputs, ReadOptions options, IReadOnlyList<ColumnSchema>? known, CancellationToken cancellationToken)
    {
        FileFormat[] formats = [.. inputs.Select(FileFormats.OfRows)];
        FileFormat format = formats[0];
        if (Array.Find(formats, one => one != format) is { } other)
            throw new InvalidDataException(
                $"{inputs[0].Name} is {format.Spoken}, and another is {other.Spoken}; files read together must be of one format.");

        foreach (InputFile input in inputs)
        {
            // What comes through a pipe is kept, so that it is checked as a file is.
            if (!input.CanReopen)
                input.Spool(cancellationToken);
        }

        if (format.Records is null)
            RefuseKeep(options, inputs[0].Name, $"{format.Spoken} and");

        if (format.Media is null && format.MediaTable is { } tables && inputs is [var only] && tables(only, options) is { } table)
        {
            RefuseKeep(options, only.Name, "a table of pictures or sounds, of which");
            return new MediaSource(only.Name, MediaFolder.Of(only, table, options), options, known, cancellationToken);
        }

        if (options.SkipBad > 0 && format.Media is null)
            throw new ArgumentException(
                $"{ReadOptionNames.SkipBad} leaves out files of a folder; {inputs[0].Name} is {format.Spoken}, of "
                    + "which every row is read.");

        if (format.Records is { } open)
            return Records(inputs, open, options, known, cancellationToken);

        if (format.Arrays is { } read)
        {
            return inputs.Length == 1
                ? new ArraySource(inputs[0], read(inputs[0], options), options, known)
                : throw new InvalidDataException($"{inputs.Length} files of arrays were named; one can be read at a time.");
        }

        string[] paths = [.. inputs.Select(input => input.Path!)], names = [.. inputs.Select(input => input.Name)];
        return new MediaSource(names[0], MediaFolder.Of(paths, names, format.Media!.Value, options), options, known, cancellationToken);
    }

    private static void RefuseKeep(ReadOptions options, string name, string what)
    {
        if (options.Keep.Count > 0)
            throw new ArgumentException(
                $"{ReadOptionNames.Keep} {NameDisplay.List(options.Keep)}: {name} is {what} no columns are carried through.");
    }

    private static RecordSource Records(
        InputFile[] inputs, RecordReader open, ReadOptions options, IReadOnlyList<ColumnSchema>? known, CancellationToken cancellationToken)
    {
        string[]? names = known?.Select(column => column.Name).ToArray();
        if (LabelPattern.Of(options) is { } pattern)
        {
            (IRecordFile[] labelled, ReadOptions changed) =
                PatternFiles.Of(inputs, options, pattern, (input, asked) => open(input, asked, names));
            return new RecordSource(labelled, changed, known, cancellationToken);
        }

        IRecordFile[] files = [.. inputs.Select(input => open(input, options, names))];
        return new RecordSource(files, FastTextFile.Labelled(files, options), known, cancellationToken);
    }
}
