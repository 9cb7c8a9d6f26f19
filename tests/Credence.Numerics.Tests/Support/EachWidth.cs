namespace Credence.Numerics.Tests;

/// <summary>Runs work with every width of vectors, emulated where the processor lacks it.</summary>
internal static class EachWidth
{
    public static IReadOnlyList<int> Bits { get; } = [0, 128, 256, 512];

    public static T[] Results<T>(Func<T> work)
    {
        int own = LaneWidth.Bits;
        try
        {
            return [.. Bits.Select(bits =>
            {
                LaneWidth.Bits = bits;
                return work();
            })];
        }
        finally
        {
            LaneWidth.Bits = own;
        }
    }
}
