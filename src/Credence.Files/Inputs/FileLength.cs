namespace Credence.Files.Inputs;

/// <summary>The length of a file that is not opened for it: opening a pipe may wait for ever.</summary>
internal static class FileLength
{
    /// <summary>A file's length; 0 for a device or a pipe, also where a link leads to it, and where there is nothing.</summary>
    public static long Of(string path) =>
        (File.ResolveLinkTarget(path, returnFinalTarget: true) as FileInfo ?? new FileInfo(path)) is { Exists: true } file ? file.Length : 0;
}
