using System.Security.Cryptography;

namespace Credence.Persistence;

/// <summary>An output that is written and has not got its name yet. Disposed without <see cref="Publish"/>, it leaves what was there
/// before as it was.</summary>
public sealed class PendingFile : IDisposable
{
    private const int BlockSize = 1 << 20;
    private readonly OutputPlace place;
    private readonly FileStream? temporary;
    private string? sha256;

    internal PendingFile(OutputPlace place, Action<Stream> write)
    {
        this.place = place;
        if (place.IsStream)
        {
            using var sha = SHA256.Create();
            using Stream stream = OpenStream(place);
            var hashed = new CryptoStream(new SeenStream(stream, () => UnfinishedWrites.Begin(place.Given)), sha, CryptoStreamMode.Write);
            Write(hashed, write);
            hashed.FlushFinalBlock();
            sha256 = Convert.ToHexStringLower(sha.Hash!);
            return;
        }

        temporary = TemporaryFile.Create(place);
        UnfinishedWrites.Add(this);
        try
        {
            Write(temporary, write);
        }
        catch (Exception error)
        {
            UnfinishedWrites.Drop(this);

            // The temporary file's name means nothing to a reader.
            if (error is IOException or UnauthorizedAccessException && error.Message.Contains(temporary.Name, StringComparison.Ordinal))
                throw new IOException(error.Message.Replace(temporary.Name, place.Given, StringComparison.Ordinal), error);

            throw;
        }
    }

    /// <summary>The path as it was given.</summary>
    public string Path => place.Given;

    /// <summary>SHA-256 of the content, in small hexadecimal digits. Ask for it before <see cref="Publish"/>.</summary>
    public string Sha256 => sha256 ??= OfTemporary();

    /// <summary>Gives the file its name, over the old one. A pipe or a terminal has its content already.</summary>
    /// <exception cref="IOException">The system refuses it; the old file is unchanged.</exception>
    public void Publish()
    {
        if (temporary is null)
            return;

        try
        {
            UnfinishedWrites.Publish(this, () => File.Move(temporary.Name, place.Path, overwrite: true));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                $"'{Path}' can't be written: {error.Message.Replace(temporary.Name, Path, StringComparison.Ordinal)}", error);
        }

        temporary.Dispose();
    }

    /// <summary>Removes the content, unless it was published.</summary>
    public void Dispose() => UnfinishedWrites.Drop(this);

    internal void DeleteTemporary() => File.Delete(temporary!.Name);

    internal void RemoveTemporary() => TemporaryFile.Remove(temporary!);

    private static Stream OpenStream(OutputPlace place) => place.Descriptor is { } descriptor
        ? new DescriptorStream(descriptor, place.Given)
        : new FileStream(place.Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);

    private static void Write(Stream to, Action<Stream> write)
    {
        // Not disposed: what is in the block when a write fails is not written after all.
        var blocks = new BufferedStream(to, BlockSize);
        write(blocks);
        if (blocks.CanWrite)
            blocks.Flush();
    }

    private string OfTemporary()
    {
        temporary!.Position = 0;
        return Convert.ToHexStringLower(SHA256.HashData(temporary));
    }
}
