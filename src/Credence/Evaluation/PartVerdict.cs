using System.Globalization;

namespace Credence.Evaluation;

/// <summary>What a class's or a group's test means, in words.</summary>
internal static class PartVerdict
{
    private const double Level = 0.05;

    /// <summary>The sentence.</summary>
    /// <param name="adjusted">The corrected p-value; NaN where nothing was tested.</param>
    /// <param name="said">The mean probability.</param>
    /// <param name="came">The share that came.</param>
    /// <param name="tests">How many were tested together.</param>
    public static string Of(double adjusted, double said, double came, int tests) => adjusted switch
    {
        double.NaN => "too few rows to tell",
        > Level => "cannot be told from calibrated",
        _ => string.Create(
            CultureInfo.InvariantCulture,
            $"{(said > came ? "too sure" : "not sure enough")}: says {100 * said:0.0} % on average, {100 * came:0.0} % came; p {(adjusted < 0.001 ? "< 0.001" : $"= {CalibrationVerdict.Text(adjusted)}")}, corrected for {tests} tests (Holm)"),
    };
}
