namespace Credence.Persistence;

/// <summary>Writes a file atomically: to a temporary file in the same folder, then renamed over the old one. A reader
/// sees the old file or the new one; a full disk or a killed process leaves the old one as it was.</summary>
public static class WholeFile
{
    private const int BlockSize = 1 << 20;

    /// <summary>Writes a file.</summary>
    /// <param name="path">The file's path; its folder must exist.</param>
    /// <param name="write">Writes the content; where it throws, the old file is unchanged.</param>
    /// <exception cref="IOException">The folder is missing, the disk is full, or another process is writing the same file.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder can't be written to.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string target = Target(path);
        if (IsDevice(target))
        {
            // Renaming over a device would replace it with a file.
            using var device = new FileStream(target, FileMode.Open, FileAccess.Write);
            write(device);
            return;
        }

        string temporary = TemporaryName(target);
        try
        {
            // WriteThrough makes a failing disk an exception here; a later flush may report nothing. The lock that FileShare.None
            // takes keeps a second writer off the same temporary name, and a stale one from a killed process is overwritten.
            using (var file = new FileStream(
                temporary, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.WriteThrough))
            using (var blocks = new BufferedStream(file, BlockSize))
            {
                write(blocks);
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Checks that a file can be written, before long work begins.</summary>
    /// <param name="path">The file's path.</param>
    /// <exception cref="IOException">The folder does not exist, or the path is a folder.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder can't be written to.</exception>
    public static void CheckWritable(string path)
    {
        string target = Target(path);
        if (IsDevice(target))
            return;

        if (Directory.Exists(target))
            throw new IOException($"'{path}' is a folder; give the path of a file, such as '{Path.Combine(path, "model.credence")}'.");

        string folder = Path.GetDirectoryName(target)!;
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"'{path}' can't be written: the folder '{folder}' does not exist.");

        string temporary = TemporaryName(target);
        try
        {
            using (new FileStream(temporary, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None))
            {
            }

            File.Delete(temporary);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"'{path}' can't be written: {error.Message}", error);
        }
    }

    private static string Target(string path)
    {
        string full = Path.GetFullPath(path);
        return File.Exists(full) ? File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full : full;
    }

    private static bool IsDevice(string path) =>
        path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal);

    private static string TemporaryName(string path) =>
        Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.tmp");
}
