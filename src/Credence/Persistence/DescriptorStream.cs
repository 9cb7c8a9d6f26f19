using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Credence.Persistence;

/// <summary>Writes to an open descriptor of a Unix system as a shell's own commands do: at its own position, which moves on, and at the
/// end where it was opened to append. A file stream would keep a position of its own. IEEE 1003.1 (POSIX), 2017: write.</summary>
/// <param name="descriptor">The number of the descriptor; it is not closed.</param>
/// <param name="name">What messages call it.</param>
public sealed partial class DescriptorStream(int descriptor, string name) : Stream
{
    private const int Interrupted = 4;

    private static readonly int Full = OperatingSystem.IsLinux() ? 11 : 35;

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Fails where the descriptor is closed, or open for reading only.</summary>
    /// <exception cref="IOException">It can't be written to.</exception>
    public void Check() => WriteSome([]);

    /// <inheritdoc/>
    /// <exception cref="IOException">It can't be written to.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
            buffer = buffer[WriteSome(buffer)..];
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    private int WriteSome(ReadOnlySpan<byte> bytes)
    {
        while (true)
        {
            nint written = WriteTo(descriptor, bytes, (nuint)bytes.Length);
            if (written >= 0)
                return (int)written;

            int error = Marshal.GetLastPInvokeError();
            if (error == Full)
                Thread.Sleep(1);
            else if (error != Interrupted)
                throw new IOException($"{new Win32Exception(error).Message}: '{name}'");
        }
    }

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint WriteTo(int descriptor, ReadOnlySpan<byte> bytes, nuint count);
}
