using Credence.Files.Inputs;

namespace Credence.Files.Tests.Inputs;

public class UnpackLimitTests
{
    [Theory]
    [InlineData(1L << 28, 1)]
    [InlineData(2_000_000_000, 10_000_000)]
    public void AFileWithinTheFreeSizeOrTheRatio_IsRead(long unpacked, long packed) =>
        new UnpackLimit("a.gz", 200, () => packed).Check(unpacked);

    [Theory]
    [InlineData((1L << 28) + 200, 1_000_000)]
    [InlineData(2_000_000_200, 10_000_000)]
    public void AFileBeyondBoth_IsRefused(long unpacked, long packed)
    {
        var error = Assert.Throws<InvalidDataException>(() => new UnpackLimit("a.gz", 200, () => packed).Check(unpacked));

        Assert.Equal($"a.gz unpacks to {unpacked:N0} bytes or more, over 200 times its packed size; beyond 268,435,456 bytes that is "
            + "refused, as such a file may have been made to exhaust the memory. If it is as it should be, save it without compression.",
            error.Message);
    }

    [Fact]
    public void AStreamWithoutEnd_IsReadToTheFreeSize_ABlockAtATime()
    {
        using var stream = new LimitedStream(new Endless(), long.MaxValue, "a.gz", new UnpackLimit("a.gz", 200, () => 1000));
        var block = new byte[1 << 20];

        Assert.Throws<InvalidDataException>(() =>
        {
            while (stream.Read(block) > 0)
            {
            }
        });
        Assert.Equal((1L << 28) + (1 << 20), stream.Position);
    }

    private sealed class Endless : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => count;

        public override int Read(Span<byte> buffer) => buffer.Length;

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
