using System.Runtime.Intrinsics;

namespace Credence.Numerics;

/// <summary>The vector width of the kernels: the widest that the processor supports. Results do not depend on it.</summary>
internal static class LaneWidth
{
    /// <summary>Up to this many columns 256 bits were faster on a processor with 512: 2.6 times at 2 columns, 1.7 times at 17.</summary>
    private const int LongestGathered = 24;

    /// <summary>512, 256, 128 or, for one lane at a time, 0. Tests set it to cover paths that their processor would not choose.</summary>
    public static int Bits { get; set; } =
        Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0;

    /// <summary>The width for a number of columns: for short rows the lanes hold several rows, which 512 bits gather more slowly.</summary>
    public static int ForRows(int columns) => columns <= LongestGathered ? Math.Min(Bits, 256) : Bits;
}
