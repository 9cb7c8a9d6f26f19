namespace Credence.Persistence;

/// <summary>Writes a file atomically: to a temporary file in the same folder, then renamed over the old one. A reader sees the old file or
/// the new one; a full disk or a killed process leaves the old one as it was. Links lead to the file that is written; permissions, owner
/// and group stay as the old file has them. A pipe, a terminal or an open descriptor can't be replaced, so it is written to.</summary>
public static class WholeFile
{
    /// <summary>Writes a file.</summary>
    /// <param name="path">The file's path; its folder must exist.</param>
    /// <param name="write">Writes the content; where it throws, the old file is unchanged.</param>
    /// <exception cref="IOException">The folder is missing, or the disk is full.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder can't be written to.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        using PendingFile file = Prepare(path, write);
        file.Publish();
    }

    /// <summary>Writes a file's content, to be given its name later: so that several files can appear together, and one can name the
    /// content of another.</summary>
    /// <param name="path">The file's path; its folder must exist.</param>
    /// <param name="write">Writes the content; where it throws, nothing is left of it.</param>
    /// <exception cref="IOException">The folder is missing, or the disk is full.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder can't be written to.</exception>
    public static PendingFile Prepare(string path, Action<Stream> write) => new(OutputPlace.Of(path), write);

    /// <summary>Deletes a file at the end of all links; a pipe or a terminal stays.</summary>
    /// <param name="path">The file's path; nothing needs to be there.</param>
    public static void Delete(string path)
    {
        var place = OutputPlace.Of(path);
        if (!place.IsStream)
            File.Delete(place.Path);
    }

    /// <summary>Checks that a file can be written, before long work begins.</summary>
    /// <param name="path">The file's path.</param>
    /// <exception cref="IOException">The folder does not exist or can't be written to, the path is a folder, or the file is read-only; the
    /// message says which.</exception>
    public static void CheckWritable(string path)
    {
        var place = OutputPlace.Of(path);
        if (!place.IsStream && Directory.Exists(place.Path))
            throw new IOException($"'{path}' is a folder; give the path of a file, such as '{Path.Combine(path, "model.credence")}'.");

        if (!place.IsStream && !Directory.Exists(place.Folder))
            throw new DirectoryNotFoundException($"'{path}' can't be written: the folder '{place.Folder}' does not exist.");

        try
        {
            if (place.IsStream)
                CheckStream(place);
            else
                CheckFile(place);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"'{path}' can't be written: {error.Message}", error);
        }
    }

    private static void CheckStream(OutputPlace place)
    {
        if (place.Descriptor is { } descriptor)
            new DescriptorStream(descriptor, place.Given).Check();
    }

    private static void CheckFile(OutputPlace place)
    {
        if (place.Status is { Kind: FileKind.Disk })
            throw new IOException("it is a disk. Name a file.");

        if (place.Status is { IsMount: true })
            throw new IOException("it is mounted on its own, so that no new file can take its place. Name a file in a folder.");

        if (File.Exists(place.Path))
            CheckOld(place.Path);

        try
        {
            TemporaryFile.Remove(TemporaryFile.Create(place));
        }
        catch (UnauthorizedAccessException error)
        {
            throw new UnauthorizedAccessException($"no file can be made in the folder '{place.Folder}'.", error);
        }
    }

    private static void CheckOld(string path)
    {
        const UnixFileMode AnyWrite = UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
        bool readOnly = OperatingSystem.IsWindows()
            ? File.GetAttributes(path).HasFlag(FileAttributes.ReadOnly)
            : (File.GetUnixFileMode(path) & AnyWrite) == 0;
        try
        {
            // A rename needs no permission on the old file, so it is asked for.
            if (!readOnly)
                new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete).Dispose();
        }
        catch (UnauthorizedAccessException)
        {
            readOnly = true;
        }

        if (readOnly)
            throw new UnauthorizedAccessException("it is read-only. Make it writable first, or name another file.");
    }
}
