namespace Credence.Persistence;

/// <summary>Passes bytes on, and tells when the first have gone, since they can't be taken back.</summary>
internal sealed class SeenStream(Stream to, string path) : Stream
{
    private bool begun;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (!begun && buffer.Length > 0)
        {
            begun = true;
            UnfinishedWrites.Begin(path);
        }

        to.Write(buffer);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() => to.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
