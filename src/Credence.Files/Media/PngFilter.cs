namespace Credence.Files.Media;

/// <summary>A png's filters, which keep of each byte its difference from the bytes beside it (Portable Network Graphics, third edition,
/// 9.2).</summary>
internal static class PngFilter
{
    /// <summary>Restores a row in place.</summary>
    /// <param name="filter">0 to 4.</param>
    /// <param name="row">The row.</param>
    /// <param name="above">The restored row above it; zeros above the first.</param>
    /// <param name="step">Bytes per pixel, at least 1.</param>
    /// <param name="name">The file, for messages.</param>
    /// <exception cref="InvalidDataException">There is no such filter.</exception>
    public static void Undo(byte filter, Span<byte> row, ReadOnlySpan<byte> above, int step, string name)
    {
        switch (filter)
        {
            case 0:
                break;
            case 1:
                for (int i = step; i < row.Length; i++)
                    row[i] += row[i - step];
                break;
            case 2:
                for (int i = 0; i < row.Length; i++)
                    row[i] += above[i];
                break;
            case 3:
                for (int i = 0; i < row.Length; i++)
                    row[i] += (byte)(((i < step ? 0 : row[i - step]) + above[i]) / 2);
                break;
            case 4:
                for (int i = 0; i < row.Length; i++)
                    row[i] += i < step ? above[i] : Paeth(row[i - step], above[i], above[i - step]);
                break;
            default:
                throw new InvalidDataException($"{name} is damaged: it has a row with filter {filter}, and there are 0 to 4.");
        }
    }

    /// <summary>Of the bytes to the left, above and above left, the one nearest to left + above − above left.</summary>
    private static byte Paeth(byte left, byte above, byte corner)
    {
        int byLeft = Math.Abs(above - corner), byAbove = Math.Abs(left - corner), byCorner = Math.Abs(left + above - (2 * corner));
        return byLeft <= byAbove && byLeft <= byCorner ? left : byAbove <= byCorner ? above : corner;
    }
}
