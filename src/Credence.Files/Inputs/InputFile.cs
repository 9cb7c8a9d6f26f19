namespace Credence.Files.Inputs;

/// <summary>One file, or standard input, as bytes: unpacked where it is gzip, with its head read ahead.</summary>
internal sealed class InputFile : IDisposable
{
    private const int HeadLength = 1 << 18;
    private readonly Stream? once;
    private readonly ReadOptions options;
    private bool opened;
    private FileStream? spool;

    private InputFile(string name, string? path, Stream? once, ReadOptions options)
    {
        Name = name;
        Path = path;
        this.once = once;
        this.options = options;
        using Stream? file = path is null ? null : OpenPath();
        Head = ReadUpTo(file ?? once!, HeadLength);
    }

    /// <summary>The name as given.</summary>
    public string Name { get; }

    /// <summary>The path, or null for a stream that can be read only once.</summary>
    public string? Path { get; private set; }

    /// <summary>The first bytes, unpacked: all of them where there are fewer than <see cref="HeadLength"/>.</summary>
    public byte[] Head { get; }

    /// <summary>Whether the head is the whole content.</summary>
    public bool IsAllHead => Head.Length < HeadLength;

    /// <summary>Whether it can be read more than once.</summary>
    public bool CanReopen => Path is not null;

    /// <summary>The part of the file that has been read since it was last opened, 0 to 1; 0 where it can't be known.</summary>
    public Func<double> Progress { get; private set; } = () => 0;

    /// <summary>A file by its path.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static InputFile At(string path, ReadOptions options, string? name = null)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no file '{path}'.", path);

        // A pipe has a path too, but can be read only once.
        FileStream stream = OpenRaw(path, name ?? path);
        if (!stream.CanSeek)
            return Of(stream, name ?? path, options);

        stream.Dispose();
        return new InputFile(name ?? path, path, null, options);
    }

    /// <summary>A stream that can be read only once.</summary>
    public static InputFile Of(Stream stream, string name, ReadOptions options) =>
        new(name, null, Unpacked(new PushedBackStream([], stream), options, name), options);

    /// <summary>Opens the content from its beginning.</summary>
    public Stream Open()
    {
        if (Path is not null)
            return OpenPath();

        if (opened)
            throw new InvalidOperationException($"{Name} can be read only once.");

        opened = true;
        return new PushedBackStream(Head, once!);
    }

    /// <summary>Whether a byte occurs in a file that can be read more than once.</summary>
    public bool Contains(byte value)
    {
        using Stream stream = OpenPath();
        var buffer = new byte[1 << 16];
        int read;
        while ((read = stream.Read(buffer)) > 0)
        {
            if (buffer.AsSpan(0, read).Contains(value))
                return true;
        }

        return false;
    }

    /// <summary>Copies a stream that can be read only once to a file that is deleted with this object, so that it can be read
    /// again.</summary>
    public void Spool(CancellationToken cancellationToken)
    {
        string path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), System.IO.Path.GetRandomFileName());
        spool = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, 1 << 16,
            FileOptions.DeleteOnClose);
        using Stream stream = Open();
        var buffer = new byte[1 << 16];
        int read;
        while ((read = stream.Read(buffer)) > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            spool.Write(buffer, 0, read);
        }

        spool.Flush();
        Path = path;
        if (OperatingSystem.IsLinux())
        {
            // Without a name it goes with the process, however that ends; the descriptor still opens it.
            File.Delete(path);
            Path = $"/proc/self/fd/{spool.SafeFileHandle.DangerousGetHandle()}";
        }
    }

    /// <inheritdoc/>
    public void Dispose() => spool?.Dispose();

    private Stream OpenPath()
    {
        FileStream file = OpenRaw(Path!, Name);
        long length = file.Length;
        Progress = () => length > 0 && file.CanRead ? Math.Min(1, (double)file.Position / length) : 0;
        return Unpacked(file, options, Name);
    }

    private static FileStream OpenRaw(string path, string name)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16,
                FileOptions.SequentialScan);
        }
        catch (UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{name} can't be read: permission denied.");
        }
    }

    private static Stream Unpacked(Stream stream, ReadOptions options, string name)
    {
        byte[] magic = ReadUpTo(stream, Packing.MagicLength);
        Stream whole;
        if (stream.CanSeek)
        {
            stream.Position = 0;
            whole = stream;
        }
        else
        {
            whole = new PushedBackStream(magic, stream);
        }

        return Packing.Unpacked(whole, magic, options, name);
    }

    private static byte[] ReadUpTo(Stream stream, int length)
    {
        if (stream.CanSeek)
            length = (int)Math.Min(length, stream.Length - stream.Position);

        var bytes = new byte[length];
        int read = stream.ReadAtLeast(bytes, length, throwOnEndOfStream: false);
        return read == length ? bytes : bytes[..read];
    }
}
