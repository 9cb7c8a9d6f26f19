using System.IO.Enumeration;
using Credence.Data;
using Credence.Files.Formats;
using Credence.Files.Inputs;
using Credence.Files.Media;
using Credence.Files.Patterns;

namespace Credence.Files.Sources;

/// <summary>The pictures, sounds or texts in a folder, in the order of their paths, with the labels from their paths.</summary>
/// <param name="Kind">Their kind.</param>
/// <param name="Paths">Their paths.</param>
/// <param name="Names">Their paths relative to the folder, for messages.</param>
/// <param name="Labels">The label of each, or null.</param>
/// <param name="Groups">The group of each, or null.</param>
/// <param name="Notes">What was detected.</param>
internal sealed record MediaFolder(
    MediaKind Kind, string[] Paths, string[] Names, string[]? Labels, string[]? Groups, IReadOnlyList<string> Notes)
{
    /// <summary>Scans a folder and its subfolders.</summary>
    /// <exception cref="InvalidDataException">It holds no readable files, too many files, or names without a label.</exception>
    public static MediaFolder Of(string folder, ReadOptions options)
    {
        string[] all = [.. Below(folder).Take(options.MaxFiles + 1)];
        if (all.Length > options.MaxFiles)
            throw new InvalidDataException($"{folder} has more files than the limit of {options.MaxFiles:N0}.");

        var byKind = all.GroupBy(FileFormats.OfRow).Where(group => group.Key is not null)
            .OrderByDescending(group => group.Count()).ToArray();
        if (byKind.Length == 0)
        {
            string[] endings = [.. all.Select(path => Path.GetExtension(path)).Distinct(StringComparer.Ordinal)];
            throw new InvalidDataException(
                $"{folder} holds no {FileFormats.OfferedMedia} files"
                + $"{(all.Length == 0 ? "; it is empty" : $", only {NameDisplay.List(endings)}; name the file to read")}.");
        }

        string[] sorted = [.. byKind[0].OrderBy(path => Path.GetRelativePath(folder, path), StringComparer.Ordinal)];
        string[] paths = WithoutStrays(folder, sorted, options);
        var notes = new List<string>();
        if (paths.Length < all.Length)
            notes.Add($"{folder}: {paths.Length:N0} of {all.Length:N0} files are read, the {Spoken(byKind[0].Key!.Value)}.");

        string[] names = [.. paths.Select(path => Path.GetRelativePath(folder, path))];
        return Labelled(byKind[0].Key!.Value, paths, names, folder, options, notes);
    }

    /// <summary>The files in a folder and those below it; links to folders are not followed, since they may form cycles.</summary>
    public static FileSystemEnumerable<string> Below(string folder)
    {
        var enumeration = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            AttributesToSkip = FileAttributes.Hidden | FileAttributes.System
        };
        return new FileSystemEnumerable<string>(folder, (ref FileSystemEntry entry) => entry.ToFullPath(), enumeration)
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory,
            ShouldRecursePredicate = (ref FileSystemEntry entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
        };
    }

    /// <summary>Excludes files beside the class folders, such as a readme.</summary>
    private static string[] WithoutStrays(string folder, string[] paths, ReadOptions options)
    {
        string[] within = [.. paths.Where(path => Path.GetRelativePath(folder, path).AsSpan().ContainsAny('/', '\\'))];
        return options.LabelPattern is null && options.LabelsFile is null && within.Length * 10 > paths.Length * 9 ? within : paths;
    }

    /// <summary>Individually named files, each of which is a row.</summary>
    public static MediaFolder Of(string[] paths, string[] names, MediaKind kind, ReadOptions options) =>
        Labelled(kind, paths, names, null, options, []);

    private static MediaFolder Labelled(
        MediaKind kind, string[] paths, string[] names, string? folder, ReadOptions options, List<string> notes)
    {
        if (LabelPattern.Of(options) is { } pattern)
        {
            LabelMatch[] matches = [.. names.Select(name =>
                pattern.TryMatch(Path.GetFileName(name), new RowPlace(name, 0), out LabelMatch match)
                    || pattern.TryMatch(name.Replace('\\', '/'), new RowPlace(name, 0), out match)
                    ? match
                    : throw pattern.NoMatch(name, new RowPlace(name, 0)))];
            notes.Add($"the label is in each file's name ({ReadOptionNames.LabelPattern}).");
            return new MediaFolder(
                kind, paths, names, [.. matches.Select(match => match.Label)], pattern.HasGroup ? [.. matches.Select(match => match.Group)]
                    : null, notes);
        }

        string[] folders = [.. names.Select(name => name.Split('/', '\\') is { Length: > 1 } parts ? parts[0] : "")];
        if (folder is not null && folders.Distinct(StringComparer.Ordinal).Count() > 1 && !folders.Contains(""))
        {
            notes.Add($"{folder}: the label is the name of the folder a file is in ({ReadOptionNames.LabelPattern}).");
            return new MediaFolder(kind, paths, names, folders, null, notes);
        }

        if (folder is not null && options.LabelsFile is null)
        {
            notes.Add(
                $"{folder}: there is no folder per class, so there are no labels " +
                $"({ReadOptionNames.LabelPattern} finds them in the files' names).");
        }

        return new MediaFolder(kind, paths, names, null, null, notes);
    }

    private static string Spoken(MediaKind kind) => kind switch
    {
        MediaKind.Image => "pictures",
        MediaKind.Audio => "WAV files",
        _ => "texts",
    };
}
