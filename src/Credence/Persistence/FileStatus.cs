using System.Runtime.InteropServices;

namespace Credence.Persistence;

/// <summary>What a Unix system knows of a file: what it is, which one it is, and whose. .NET has no call for it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Device">The number of its device.</param>
/// <param name="Number">Its number on the device, its inode.</param>
/// <param name="Owner">The number of the user it belongs to.</param>
/// <param name="Group">The number of the group it belongs to.</param>
/// <param name="IsMount">Whether something is mounted at it, so that no other file can take its name.</param>
internal readonly partial record struct FileStatus(FileKind Kind, ulong Device, ulong Number, uint Owner, uint Group, bool IsMount)
{
    private const int HereOrAbsolute = -100, BasicFields = 0x7ff, BufferSize = 256;
    private const ulong MountRoot = 0x2000;

    /// <summary>The status of the file that a path leads to, links followed; null where there is none, or the system is none of
    /// Unix.</summary>
    public static FileStatus? Of(string path)
    {
        try
        {
            return OperatingSystem.IsLinux() ? OfLinux(path) : OperatingSystem.IsMacOS() ? OfMac(path) : null;
        }
        catch (EntryPointNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Gives a file another owner and group.</summary>
    /// <returns>Whether the system let it.</returns>
    public static bool TryGive(string path, uint owner, uint group) => ChangeOwner(path, owner, group) == 0;

    private static FileStatus? OfLinux(string path)
    {
        Span<byte> buffer = stackalloc byte[BufferSize];
        buffer.Clear();
        if (StatusLinux(HereOrAbsolute, path, 0, BasicFields, buffer) != 0)
            return null;

        // The layout of struct statx is the same on every processor.
        ulong device = ((ulong)BitConverter.ToUInt32(buffer[136..]) << 32) | BitConverter.ToUInt32(buffer[140..]);
        return new FileStatus(
            KindOf(BitConverter.ToUInt16(buffer[28..])),
            device,
            BitConverter.ToUInt64(buffer[32..]),
            BitConverter.ToUInt32(buffer[20..]),
            BitConverter.ToUInt32(buffer[24..]),
            (BitConverter.ToUInt64(buffer[8..]) & MountRoot) != 0);
    }

    private static FileStatus? OfMac(string path)
    {
        Span<byte> buffer = stackalloc byte[BufferSize];
        buffer.Clear();
        int failed = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? StatusMacX64(path, buffer) : StatusMac(path, buffer);
        return failed != 0 ? null : new FileStatus(
            KindOf(BitConverter.ToUInt16(buffer[4..])),
            BitConverter.ToUInt32(buffer),
            BitConverter.ToUInt64(buffer[8..]),
            BitConverter.ToUInt32(buffer[16..]),
            BitConverter.ToUInt32(buffer[20..]),
            false);
    }

    private static FileKind KindOf(ushort mode) => (mode & 0xf000) switch
    {
        0x8000 => FileKind.Regular,
        0x4000 => FileKind.Folder,
        0x6000 => FileKind.Disk,
        _ => FileKind.Stream,
    };

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatusLinux(int folder, string path, int flags, uint fields, Span<byte> status);

    [LibraryImport("libc", EntryPoint = "stat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatusMac(string path, Span<byte> status);

    [LibraryImport("libc", EntryPoint = "stat$INODE64", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatusMacX64(string path, Span<byte> status);

    [LibraryImport("libc", EntryPoint = "lchown", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, uint owner, uint group);
}
