using Credence.Data.Columns;
using Credence.Files.Arrays;
using Credence.Files.Columnar;
using Credence.Files.Delimited;
using Credence.Files.Formats;
using Credence.Files.Inputs;
using Credence.Files.Json;
using Credence.Files.Media;
using Credence.Files.Patterns;
using Credence.Files.Records;
using Credence.Files.Sources;

namespace Credence.Files;

/// <summary>Opens data of every format the product reads.</summary>
public static class DataFiles
{
    private static readonly string[] Kinds = ["table", "text", "image", "audio", "interactions"];

    /// <summary>Finds out what the data is and what its columns are. The rows are read afterwards.</summary>
    /// <param name="paths">Files of one format, or one folder, or <c>-</c> for standard input.</param>
    /// <param name="options">What need not be guessed.</param>
    /// <param name="known">The columns a model needs: they are found by name, in any order, or by position where there are no names; others
    /// are passed over, and so is a label that isn't there. Null where the columns are to be found out.</param>
    /// <param name="standardInput">The stream that <c>-</c> stands for.</param>
    /// <param name="cancellationToken">Stops the finding out.</param>
    /// <exception cref="InvalidDataException">The data can't be read: the message says where and why.</exception>
    /// <exception cref="ArgumentException">An option can't be as it is, or names a column that is not there.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static IRowSource Open(
        IReadOnlyList<string> paths,
        ReadOptions options,
        IReadOnlyList<ColumnSchema>? known = null,
        Stream? standardInput = null,
        CancellationToken cancellationToken = default)
    {
        if (paths.Count == 0)
            throw new ArgumentException("No data was named: give a file, a folder, or - for standard input.");

        if (options.Kind is not null && !Kinds.Contains(options.Kind))
            throw new ArgumentException($"--kind '{options.Kind}' is not known; {string.Join(", ", Kinds)} are.");

        if (paths.Count == 1 && Directory.Exists(paths[0]))
            return new MediaSource(paths[0], MediaFolder.Of(paths[0], options), options, known, cancellationToken);

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

    private static IRowSource Open(InputFile[] inputs, ReadOptions options, IReadOnlyList<ColumnSchema>? known, CancellationToken cancellationToken)
    {
        FileFormat[] formats = [.. inputs.Select(input => input.Head.Length == 0 ? throw new InvalidDataException($"{input.Name} is empty.") : FileFormats.Detect(input))];
        if (Array.Find(formats, format => format != formats[0]) is var other && formats.Distinct().Count() > 1)
            throw new InvalidDataException($"{inputs[0].Name} is {FileFormats.Spoken(formats[0])}, and another is {FileFormats.Spoken(other)}; files read together must be of one format.");

        bool isStreamed = known is not null && formats[0] is FileFormat.Text or FileFormat.JsonLines;
        foreach (InputFile input in inputs)
        {
            if (!input.CanReopen && !isStreamed)
                input.Spool(cancellationToken);
        }

        switch (formats[0])
        {
            case FileFormat.Idx or FileFormat.Arrays:
                return inputs.Length == 1
                    ? new ArraySource(inputs[0], Arrays(inputs[0], formats[0], options), options, known)
                    : throw new InvalidDataException($"{inputs.Length} files of arrays were named; one can be read at a time.");
            case FileFormat.Image or FileFormat.Audio:
                MediaKind kind = formats[0] == FileFormat.Image ? MediaKind.Image : MediaKind.Audio;
                return new MediaSource(
                    inputs[0].Name, MediaFolder.Of([.. inputs.Select(input => input.Path!)], [.. inputs.Select(input => input.Name)], kind, options), options, known, cancellationToken);
            default:
                return Records(inputs, formats[0], options, known, cancellationToken);
        }
    }

    private static RecordSource Records(
        InputFile[] inputs, FileFormat format, ReadOptions options, IReadOnlyList<ColumnSchema>? known, CancellationToken cancellationToken)
    {
        string[]? names = known?.Select(column => column.Name).ToArray();
        if (LabelPattern.Of(options) is { } pattern)
        {
            (IRecordFile[] labelled, ReadOptions changed) = PatternFiles.Of(inputs, options, pattern, OpenOne);
            return new RecordSource(labelled, changed, known, cancellationToken);
        }

        return new RecordSource([.. inputs.Select(input => OpenOne(input, options))], options, known, cancellationToken);

        IRecordFile OpenOne(InputFile input, ReadOptions asked) => format switch
        {
            FileFormat.Parquet => ParquetFile.Guess(input, asked),
            FileFormat.JsonLines => JsonLinesFile.Guess(input, asked, names),
            _ => DelimitedFile.Guess(input, asked, names),
        };
    }

    private static IReadOnlyList<ArrayValues> Arrays(InputFile input, FileFormat format, ReadOptions options)
    {
        if (format == FileFormat.Idx)
            return [IdxFormat.Read(input, options.MaxArrayBytes) with { Name = "values" }];

        IReadOnlyList<ArrayValues> arrays = ArrayFile.Read(input, _ => true, options.MaxArrayBytes);
        return arrays.Count > 0 ? arrays : throw new InvalidDataException($"{input.Name} has no arrays.");
    }
}
