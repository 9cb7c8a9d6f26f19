namespace Credence.Persistence;

/// <summary>What stands at a path.</summary>
internal enum FileKind
{
    /// <summary>A file with content of its own.</summary>
    Regular,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A pipe, a terminal, a socket or a device like <c>/dev/null</c>: bytes go through it.</summary>
    Stream,

    /// <summary>A disk, whose bytes a file system keeps.</summary>
    Disk,
}
