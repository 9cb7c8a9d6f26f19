using System.Runtime.Intrinsics;

namespace Credence.Numerics;

/// <summary>Which width of vectors the kernels run with: the widest that the processor has. Results do not depend on it.</summary>
internal static class LaneWidth
{
    /// <summary>512, 256, 128 or, for one lane at a time, 0. Tests set it to walk the paths that their processor would not choose.</summary>
    public static int Bits { get; set; } =
        Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0;
}
