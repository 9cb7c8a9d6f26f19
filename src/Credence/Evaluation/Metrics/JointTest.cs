using Credence.Evaluation.Results;
using Credence.Numerics;

namespace Credence.Evaluation.Metrics;

/// <summary>Makes one test of several: <see cref="CalibrationTest"/>.</summary>
internal static class JointTest
{
    /// <summary>The name of the test of every class's own probability.</summary>
    public const string Classes = "classes";

    private const double Equal = 1e-9;

    // Each sees what others miss: the first answer, with bins and without; all answers at once; each class; and what was nearly impossible.
    private static readonly (string Name, Func<NullDraw, double> Value)[] Tests =
    [
        (MetricName.Ece, draw => draw.Errors[MetricName.Ece]),
        (MetricName.SmoothEce, draw => draw.Errors[MetricName.SmoothEce]),
        (MetricName.LogLossCalibration, draw => draw.Gain.LogLoss),
        (MetricName.ClasswiseEce, draw => draw.Errors[MetricName.ClasswiseEce]),
        (Classes, draw => -draw.LeastClassPValue),
        (MetricName.LogLoss, draw => draw.Rows.LogLoss),
    ];

    /// <summary>The test; null where no labels were drawn.</summary>
    /// <param name="data">What the draws are, of the true labels.</param>
    /// <param name="draws">Of drawn labels.</param>
    /// <param name="isImpossible">Whether a true class has probability 0.</param>
    public static CalibrationTest? Compute(NullDraw data, NullDraw[] draws, bool isImpossible)
    {
        if (draws.Length == 0)
            return null;

        if (isImpossible)
            return new CalibrationTest { PValue = 0, Parts = [], IsImpossible = true };

        var names = new List<string>();
        var values = new List<double[]>();
        foreach ((string name, Func<NullDraw, double> value) in Tests)
        {
            double[] of = [value(data), .. draws.Select(value)];
            if (!Array.Exists(of, double.IsNaN) && Array.Exists(of, other => !IsEqual(other, of[0])))
            {
                names.Add(name);
                values.Add(of);
            }
        }

        (double joint, double[] alone) = PValues(values);
        return new CalibrationTest { PValue = joint, Parts = [.. names.Zip(alone)] };
    }

    /// <summary>The p-value of all tests as one, and of each alone.</summary>
    /// <param name="tests">Of each test: its value for the data first, then for every draw; large values speak against the
    /// probabilities.</param>
    public static (double Joint, double[] Alone) PValues(IReadOnlyList<double[]> tests)
    {
        if (tests.Count == 0)
            return (1, []);

        int count = tests[0].Length;
        double[] least = new double[count], logs = new double[count], alone = new double[tests.Count];
        Array.Fill(least, 1);
        for (int test = 0; test < alone.Length; test++)
        {
            var sorted = (double[])tests[test].Clone();
            Array.Sort(sorted);
            for (int i = 0; i < count; i++)
            {
                double p = (double)(count - FirstAtLeast(sorted, tests[test][i])) / count;
                least[i] = Math.Min(least[i], p);
                logs[i] += Log.Compute(p);
                alone[test] = i == 0 ? p : alone[test];
            }
        }

        // Of equal least p-values the one whose others are smaller is the more extreme (R. Fisher 1925).
        int extreme = Enumerable.Range(0, count)
            .Count(i => least[i] < least[0] || (least[i] == least[0] && logs[i] <= logs[0] + Equal));
        return ((double)extreme / count, alone);
    }

    // Sums in another order may differ in their last digits.
    private static bool IsEqual(double one, double other) => Math.Abs(one - other) <= Equal * Math.Abs(other);

    private static int FirstAtLeast(double[] sorted, double value)
    {
        double from = value - (Equal * Math.Abs(value));
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = sorted[middle] < from ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
