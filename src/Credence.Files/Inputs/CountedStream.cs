namespace Credence.Files.Inputs;

/// <summary>A stream that counts the bytes read from it.</summary>
internal sealed class CountedStream(Stream inner) : ForwardStream
{
    /// <summary>The bytes read so far.</summary>
    public long Count { get; private set; }

    public override long Position
    {
        get => Count;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        int read = inner.Read(buffer);
        Count += read;
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();

        base.Dispose(disposing);
    }
}
