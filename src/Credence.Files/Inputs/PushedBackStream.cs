namespace Credence.Files.Inputs;

/// <summary>Bytes that were read ahead, followed by the rest of their stream.</summary>
internal sealed class PushedBackStream(byte[] ahead, Stream rest) : ForwardStream
{
    private int position;

    public override int Read(Span<byte> buffer)
    {
        if (position == ahead.Length)
            return rest.Read(buffer);

        int count = Math.Min(buffer.Length, ahead.Length - position);
        ahead.AsSpan(position, count).CopyTo(buffer);
        position += count;
        return count;
    }
}
