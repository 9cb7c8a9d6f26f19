namespace Credence.Numerics.Tests;

/// <summary>Numbers for tests that must stay the same whatever becomes of the library's own generator.</summary>
internal static class Numbers
{
    /// <summary>Uniform from −spread to spread (G. Marsaglia's xorshift64*).</summary>
    public static double[] Uniform(int count, double spread, ulong seed)
    {
        ulong state = unchecked((seed + 1) * 0x9E3779B97F4A7C15);
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++)
        {
            state ^= state >> 12;
            state ^= state << 25;
            state ^= state >> 27;
            numbers[i] = (((unchecked(state * 0x2545F4914F6CDD1D) >> 11) * (1.0 / (1UL << 53)) * 2) - 1) * spread;
        }

        return numbers;
    }

    public static float[] Single(int count, double spread, ulong seed) => [.. Uniform(count, spread, seed).Select(v => (float)v)];

    public static int[] Labels(int count, int classes, ulong seed) =>
        [.. Uniform(count, 0.5, seed).Select(v => Math.Min(classes - 1, (int)((v + 0.5) * classes)))];
}
