namespace Credence.Files.Inputs;

/// <summary>How far packed data may unpack: to <see cref="Free"/> bytes in any case, beyond them to a multiple of its packed size. Tables
/// of text unpack to 3 to 30 times their size, columns that are nearly constant to 200; a file made to exhaust memory to 1,000.</summary>
/// <param name="name">The file, for messages.</param>
/// <param name="ratio">The multiple, <see cref="ReadOptions.MaxUnpackRatio"/>.</param>
/// <param name="packed">The packed bytes read so far.</param>
internal sealed class UnpackLimit(string name, int ratio, Func<long> packed)
{
    /// <summary>What may be unpacked whatever the ratio, in bytes.</summary>
    public const long Free = 1L << 28;

    /// <summary>Checks a number of unpacked bytes.</summary>
    /// <exception cref="InvalidDataException">They are too many.</exception>
    public void Check(long unpacked)
    {
        if (unpacked > Free && unpacked / ratio > packed())
        {
            throw new InvalidDataException($"{name} unpacks to {unpacked:N0} bytes or more, over {ratio} times its packed size; beyond "
                + $"{Free:N0} bytes that is refused, as such a file may have been made to exhaust the memory. If it is as it should be, "
                + "save it without compression.");
        }
    }
}
