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
    /// <summary>The bytes of each where they lie in a table; null where they are files.</summary>
    public byte[][]? Contents { get; private init; }

    /// <summary>The table they lie in, or null.</summary>
    public InputFile? Table { get; private init; }

    /// <summary>The name of the labels.</summary>
    public string LabelName { get; private init; } = "label";

    /// <summary>All bytes of one.</summary>
    /// <exception cref="InvalidDataException">It can't be read.</exception>
    public byte[] Bytes(int i) => Contents?[i] ?? MediaBytes.All(Paths[i], Names[i]);

    /// <summary>Opens one.</summary>
    /// <exception cref="InvalidDataException">It can't be read.</exception>
    public Stream Open(int i) => Contents is null ? MediaBytes.Open(Paths[i], Names[i])
        : new MemoryStream(Contents[i], writable: false);

    /// <summary>The hash of all of them.</summary>
    public string Fingerprint() => Table is null ? DataFingerprint.OfNamed(Paths, Names) : DataFingerprint.Compute([Table]);

    /// <summary>Some of them.</summary>
    public MediaFolder Select(int[] kept) => this with
    {
        Paths = [.. kept.Select(i => Paths[i])],
        Names = [.. kept.Select(i => Names[i])],
        Labels = Labels is null ? null : [.. kept.Select(i => Labels[i])],
        Groups = Groups is null ? null : [.. kept.Select(i => Groups[i])],
        Contents = Contents is null ? null : [.. kept.Select(i => Contents[i])],
    };

    /// <summary>Pictures or sounds that lie in a table.</summary>
    /// <exception cref="InvalidDataException">There are none, or they are too many.</exception>
    public static MediaFolder Of(InputFile input, MediaTable table, ReadOptions options)
    {
        if (table.Names.Length == 0 || table.Names.Length > options.MaxFiles)
            throw new InvalidDataException($"{input.Name} has {table.Names.Length:N0} rows; 1 to {options.MaxFiles:N0} are read.");

        return new MediaFolder(table.Kind, table.Names, table.Names, table.Labels, null, table.Notes)
        {
            Contents = table.Contents,
            Table = input,
            LabelName = table.LabelName ?? "label",
        };
    }

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
            notes.Add($"{folder}: {paths.Length:N0} of {all.Length:N0} files are read, the {Spoken(byKind[0].Key!.Value)}"
                + $"{LeftOut(all.Except(paths))}.");

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

    /// <summary>The endings of files that are left out, with their numbers: <c>; left out are 3 .heic, 1 .db</c>.</summary>
    private static string LeftOut(IEnumerable<string> paths) => "; left out are " + string.Join(", ", paths
        .GroupBy(path => Path.GetExtension(path).ToLowerInvariant(), StringComparer.Ordinal)
        .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).Take(8)
        .Select(group => $"{group.Count():N0} {(group.Key.Length == 0 ? "without ending" : NameDisplay.Shortened(group.Key, 12))}"));

    private static string Spoken(MediaKind kind) => kind switch
    {
        MediaKind.Image => "pictures",
        MediaKind.Audio => "WAV files",
        _ => "texts",
    };
}
