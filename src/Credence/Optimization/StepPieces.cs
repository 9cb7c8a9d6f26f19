using Credence.Numerics;

namespace Credence.Optimization;

/// <summary>Cuts long vectors into pieces for threads. Elements are independent, so results do not depend on the number of
/// threads.</summary>
internal static class StepPieces
{
    private const int Piece = 1 << 15;

    /// <summary>A length rounded up to a multiple of eight.</summary>
    public static int Padded(int length) => checked((length + 7) / 8 * 8);

    /// <summary>Calls the body with the first and the last (excluded) element of each piece.</summary>
    public static void For(int length, int maxThreads, Action<int, int> body)
    {
        if (length <= Piece)
            body(0, length);
        else
            Chunks.For(Chunks.Count(length, Piece), maxThreads, piece => body(piece * Piece, Math.Min(length, (piece + 1) * Piece)));
    }
}
