namespace Credence.Files.Inputs;

/// <summary>The unpacked content of a compressed stream, with an error past a limit; damage is an <see cref="InvalidDataException"/> with
/// its name.</summary>
/// <param name="inner">The unpacked content.</param>
/// <param name="limit">The most bytes that may come.</param>
/// <param name="name">The file, for messages.</param>
/// <param name="ratio">The limit in terms of the packed bytes; null for none.</param>
/// <param name="owner">What is disposed of with it, or null.</param>
internal sealed class LimitedStream(Stream inner, long limit, string name, UnpackLimit? ratio = null,
    IDisposable? owner = null) : ForwardStream
{
    private long read;

    public override long Position
    {
        get => read;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        int count;
        try
        {
            count = inner.Read(buffer);
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException or ZstdSharp.ZstdException
            && !error.Message.StartsWith(name, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{name} is damaged: its compressed data can't be unpacked beyond {read:N0} bytes.", error);
        }

        read += count;
        if (read > limit)
            throw new InvalidDataException($"{name} unpacks to more than the limit of {limit:N0} bytes. Split it into several files.");

        ratio?.Check(read);
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
            owner?.Dispose();
        }

        base.Dispose(disposing);
    }
}
