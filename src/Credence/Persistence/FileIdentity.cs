namespace Credence.Persistence;

/// <summary>Whether two paths lead to one file: under another spelling, by a link to it or to a folder above it, by a second name of the
/// file (a hard link), or in other letters' case where the file system has none. IEEE 1003.1 (POSIX), 2017: the same device and file
/// number.</summary>
public static class FileIdentity
{
    /// <summary>Whether two paths lead to one file, or will once they are written. Pipes, terminals and devices such as
    /// <c>/dev/null</c> are no files.</summary>
    /// <param name="path">A path; nothing needs to be there.</param>
    /// <param name="other">Another path.</param>
    public static bool AreSame(string path, string other)
    {
        OutputPlace one = OutputPlace.Of(path), two = OutputPlace.Of(other);
        if (one.Status is { } first && two.Status is { } second)
            return first.Kind == FileKind.Regular && (first.Device, first.Number) == (second.Device, second.Number);

        if (one.IsStream || two.IsStream || File.Exists(one.Path) != File.Exists(two.Path))
            return false;

        return AreSameFolder(one.Folder, two.Folder) && AreSameName(one, two);
    }

    private static bool AreSameFolder(string one, string two) =>
        FileStatus.Of(one) is { } first && FileStatus.Of(two) is { } second
            ? (first.Device, first.Number) == (second.Device, second.Number)
            : string.Equals(one, two, StringComparison.OrdinalIgnoreCase);

    private static bool AreSameName(OutputPlace one, OutputPlace two)
    {
        string first = Path.GetFileName(one.Path), second = Path.GetFileName(two.Path);
        return first == second
            || (string.Equals(first, second, StringComparison.OrdinalIgnoreCase) && !IsCaseSensitive(one.Folder));
    }

    private static bool IsCaseSensitive(string folder)
    {
        try
        {
            return TemporaryFile.IsCaseSensitive(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Nothing can be written there at all, which is said elsewhere.
            return true;
        }
    }
}
