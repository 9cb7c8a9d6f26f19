namespace Credence.Persistence;

/// <summary>Makes the file that an output is written to before it takes its name: beside it, under a name that no other run has, created
/// so that no link is followed, locked while it is in use. A lock ends with its process, so what a dead one left behind is known.</summary>
internal static class TemporaryFile
{
    private const string Prefix = ".credence-", Suffix = ".tmp";
    private const int Attempts = 8;

    // A shared lock keeps sweepers off, who ask for an exclusive one, and lets people read the file as soon as it has its name.
    private static readonly FileShare Lock = FileShare.Read | FileShare.Delete;

    /// <summary>Creates one, with the permissions and the owner of the file it will replace.</summary>
    /// <param name="place">Where the output goes.</param>
    /// <exception cref="IOException">The folder can't be written to, or the owner of the old file can't be kept.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder can't be written to.</exception>
    public static FileStream Create(OutputPlace place)
    {
        FileStream file = CreateNew(place.Folder, place.Status is not null);
        try
        {
            LookLike(place, file.Name);
            if (HoldsSweepersOff(file.Name))
                Sweep(place.Folder);

            return file;
        }
        catch
        {
            Remove(file);
            throw;
        }
    }

    /// <summary>Deletes one that was not used. It is deleted while it is locked, so that it can be nobody else's.</summary>
    public static void Remove(FileStream file)
    {
        try
        {
            File.Delete(file.Name);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The reason to remove it is worth more than this one; the next write here tries again.
        }

        file.Dispose();
    }

    /// <summary>Whether the names in a folder differ by more than their case.</summary>
    public static bool IsCaseSensitive(string folder)
    {
        FileStream file = CreateNew(folder, secret: true);
        try
        {
            return !File.Exists(Path.Combine(folder, Path.GetFileName(file.Name).ToUpperInvariant()));
        }
        finally
        {
            Remove(file);
        }
    }

    private static FileStream CreateNew(string folder, bool secret)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = Lock,
            BufferSize = 0,

            // A failing disk is an exception here; a later flush may report nothing.
            Options = FileOptions.WriteThrough,
        };
        if (secret && !OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        for (int attempt = 1; ; attempt++)
        {
            try
            {
                var file = new FileStream(Path.Combine(folder, $"{Prefix}{Path.GetRandomFileName()}{Suffix}"), options);

                // A sweeper may have come between the creation and the lock.
                if (File.Exists(file.Name))
                    return file;

                file.Dispose();
            }
            catch (IOException error) when (attempt < Attempts && error is not DirectoryNotFoundException)
            {
            }
            catch (UnauthorizedAccessException error)
            {
                // The temporary file's name means nothing to a reader.
                throw new UnauthorizedAccessException($"The folder '{folder}' can't be written to: access is denied.", error);
            }
        }
    }

    private static void LookLike(OutputPlace place, string temporary)
    {
        if (OperatingSystem.IsWindows() || place.Status is not { } old)
            return;

        FileStatus? mine = FileStatus.Of(temporary);
        if ((mine?.Owner, mine?.Group) != (old.Owner, old.Group) && !FileStatus.TryGive(temporary, old.Owner, old.Group))
        {
            throw new IOException("it belongs to another user or group, which a new file could not keep. Delete it first, "
                + "or name another file.");
        }

        try
        {
            File.SetUnixFileMode(temporary, File.GetUnixFileMode(place.Path));
        }
        catch (UnauthorizedAccessException error)
        {
            throw new IOException("a new file could not keep its permissions. Delete it first, or name another file.", error);
        }
    }

    /// <summary>Whether locks do anything on this file system; where they don't, a file in use and one left behind look the same.</summary>
    private static bool HoldsSweepersOff(string temporary)
    {
        using FileStream? locked = LockAlone(temporary);
        return locked is null;
    }

    private static void Sweep(string folder)
    {
        foreach (string left in Directory.EnumerateFiles(folder, $"{Prefix}*{Suffix}"))
        {
            if (new FileInfo(left).LinkTarget is not null || FileStatus.Of(left) is { Kind: not FileKind.Regular })
                continue;

            using FileStream? locked = LockAlone(left);
            if (locked is not null)
                Remove(locked);
        }
    }

    private static FileStream? LockAlone(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
