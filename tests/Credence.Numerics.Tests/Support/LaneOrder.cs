namespace Credence.Numerics.Tests;

/// <summary>Plain loops that add in the order of the kernels' lanes, so that results can be compared to the bit.</summary>
internal static class LaneOrder
{
    /// <summary>Terms added in eight lanes, folded in halves, then the terms after the last whole eight in order.</summary>
    /// <param name="length">How many terms.</param>
    /// <param name="add">The sum so far and a term's place to the sum with it.</param>
    public static double Sum(int length, Func<double, int, double> add)
    {
        double[] lanes = new double[8];
        int whole = length / 8 * 8;
        for (int i = 0; i < whole; i++)
            lanes[i % 8] = add(lanes[i % 8], i);

        double sum = ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6])) + ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]));
        for (int i = whole; i < length; i++)
            sum = add(sum, i);

        return sum;
    }

    /// <summary>Every length that reaches each way through a loop over vectors.</summary>
    public static IEnumerable<int> Lengths => Enumerable.Range(0, 258);

    /// <summary>Numbers with a NaN at one place where asked.</summary>
    public static double[] Values(int length, ulong seed, double spread = 2, int nan = -1)
    {
        double[] numbers = Numbers.Uniform(length, spread, seed);
        if (nan >= 0 && nan < length)
            numbers[nan] = double.NaN;
        return numbers;
    }

    /// <summary>Asserts that two numbers have the same bits, or are both NaN.</summary>
    public static void AssertSame(double expected, double actual, string what)
    {
        bool same = BitConverter.DoubleToInt64Bits(expected) == BitConverter.DoubleToInt64Bits(actual)
            || (double.IsNaN(expected) && double.IsNaN(actual));
        Assert.True(same, $"{what}: {actual:r}, not {expected:r}");
    }

    /// <summary>Asserts the same of every element.</summary>
    public static void AssertSame(double[] expected, double[] actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            AssertSame(expected[i], actual[i], $"{what}, element {i}");
    }
}
