using Credence.Numerics;

namespace Credence.Benchmarks;

/// <summary>The errors of Exp and Log in float over all 2^32 floats, in units of the last place.</summary>
/// <remarks>
/// The reference. A float argument's e^x (ln x) is first taken in double by the C library, whose error is below one ulp of a double: 2^−29
/// ulp of the float. An error measured against it is so exact to 2^−29 ulp, and where it comes within 10^−6 ulp of the largest so far the
/// argument is computed again in pairs of doubles (<see cref="DoubleDouble"/>), of which about 100 bits are right. What is reported rests
/// on those alone.
/// </remarks>
internal sealed class UlpBenchmark : IBenchmark
{
    private const int Piece = 1 << 20;

    public string Verb => "ulp";

    public string Summary => "the errors of Exp and Log over all 2^32 floats against 100 bits: minutes on several cores (ulp [threads])";

    public int Run(string[] args)
    {
        int maxThreads = args.Length > 0 ? int.Parse(args[0]) : 0;
        var report = new Report("ulp", "function", ["largest error, ulp", "at x", "wrongly rounded, %", "floats"], "error / promise");
        bool good = Measure(report, "Exp", Exp.Apply, Math.Exp, DoubleDouble.Exp, maxThreads);
        good &= Measure(report, "Log", Log.Apply, Math.Log, DoubleDouble.Log, maxThreads);
        report.Note("Every float whose result is finite is counted; of the others it is checked that infinity and NaN come out where "
            + "they must.");
        report.Write();
        return good ? 0 : 1;
    }

    private static bool Measure(
        Report report, string name, Kernel kernel, Func<double, double> reference, Func<double, (double High, double Low)> exact,
            int maxThreads)
    {
        int pieces = (int)((1L << 32) / Piece);
        var results = new Result[pieces];
        Chunks.For(pieces, maxThreads, piece => results[piece] = Piecewise((long)piece * Piece, kernel, reference, exact));
        Result total = results.Aggregate((a, b) => new(
            Math.Max(a.Largest, b.Largest), b.Largest > a.Largest ? b.At
                : a.At, a.Wrong + b.Wrong, a.Counted + b.Counted, a.Misplaced + b.Misplaced));
        report.Row(name, [total.Largest, total.At, 100.0 * total.Wrong / total.Counted, total.Counted], total.Largest);
        if (total.Misplaced > 0)
            Console.Error.WriteLine($"{name}: {total.Misplaced} results are finite where they must not be, or not where they must");
        return total.Largest <= 1 && total.Misplaced == 0;
    }

    private static Result Piecewise(long from, Kernel kernel, Func<double, double> reference, Func<double, (double High, double Low)> exact)
    {
        float[] x = new float[Piece], y = new float[Piece];
        for (int i = 0; i < Piece; i++)
            x[i] = BitConverter.UInt32BitsToSingle((uint)(from + i));
        kernel(x, y);
        // An error up to half an ulp is the rounding's own: only what comes near it is worth a hundred bits.
        var result = new Result(0.49, 0, 0, 0, 0);
        for (int i = 0; i < Piece; i++)
        {
            double expected = reference(x[i]);
            float rounded = (float)expected;
            if (!float.IsFinite(rounded) || !float.IsFinite(y[i]))
            {
                // Between the largest float and infinity either is within an ulp.
                if (!rounded.Equals(y[i]) && !(Math.Abs(expected) > float.MaxValue * (1 - 1e-7)))
                    result.Misplaced++;
                continue;
            }

            result.Counted++;
            if (y[i] == rounded && y[i] == expected)
                continue;
            if (y[i] != rounded)
                result.Wrong++;
            double error = Math.Abs(y[i] - expected) / Spacing(expected);
            if (error < result.Largest - 1e-6)
                continue;

            (double high, double low) = exact(x[i]);
            error = Math.Abs(y[i] - high - low) / Spacing(high);
            if (error > result.Largest)
                (result.Largest, result.At) = (error, x[i]);
        }

        return result;
    }

    /// <summary>The distance between floats around a number.</summary>
    private static double Spacing(double value)
    {
        int exponent = value == 0 ? -126 : Math.Max(Math.ILogB(value), -126);
        return Math.ScaleB(1, exponent - 23);
    }

    private delegate void Kernel(ReadOnlySpan<float> x, Span<float> y);

    private record struct Result(double Largest, double At, long Wrong, long Counted, long Misplaced);
}
