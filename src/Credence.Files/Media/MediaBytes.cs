using Credence.Files.Inputs;

namespace Credence.Files.Media;

/// <summary>The bytes of a file that is one row. A device, a pipe and an empty file have no length and are never opened: a device may
/// have no end, and a pipe no beginning.</summary>
internal static class MediaBytes
{
    private const long MaxImageBytes = 1L << 28;

    /// <summary>Opens a file.</summary>
    /// <exception cref="InvalidDataException">It is empty, a device or a pipe, or can't be read.</exception>
    public static FileStream Open(string path, string name)
    {
        if (FileLength.Of(path) == 0)
            throw new InvalidDataException($"{name} is empty, or a device or a pipe, or a link to one. Remove it from the folder.");

        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{name} can't be read: permission denied.");
        }
    }

    /// <summary>All bytes of a file.</summary>
    /// <exception cref="InvalidDataException">As for <see cref="Open"/>, or it has too many.</exception>
    public static byte[] All(string path, string name)
    {
        using FileStream file = Open(path, name);
        if (file.Length > MaxImageBytes)
            throw new InvalidDataException($"{name} has {file.Length:N0} bytes, above the limit of {MaxImageBytes:N0}. Save a smaller "
                + "picture.");

        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
