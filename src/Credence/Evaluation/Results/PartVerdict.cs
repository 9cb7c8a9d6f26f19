using System.Globalization;
using Credence.Persistence;

namespace Credence.Evaluation.Results;

/// <summary>What the test of a class's or a group's calibration means, in parts.</summary>
/// <param name="Reading">"overconfident", "cannot be told from calibrated".</param>
/// <param name="Said">The mean probability, where it is off; else null.</param>
/// <param name="Came">The share that came, where it is off; else null.</param>
/// <param name="Test">The p-value and what it is corrected for, where it is off; else null.</param>
public sealed record PartVerdict(string Reading, double? Said, double? Came, string? Test)
{
    private const double Level = 0.05;

    /// <summary>The reading with what it rests on, without the test: "overconfident: says 90.0 %, 81.2 % came".</summary>
    public string Short => Text("");

    /// <summary>All of it.</summary>
    public override string ToString() => Test is null ? Reading : $"{Text(" on average")}; {Test}";

    /// <summary>The verdict.</summary>
    /// <param name="adjusted">The corrected p-value; NaN where nothing was tested.</param>
    /// <param name="said">The mean probability.</param>
    /// <param name="came">The share that came.</param>
    /// <param name="tests">How many were tested together.</param>
    internal static PartVerdict Of(double adjusted, double said, double came, int tests) => adjusted switch
    {
        double.NaN => new("too few rows to tell", null, null, null),
        > Level => new("cannot be told from calibrated", null, null, null),
        _ => new(
            said > came ? "too sure" : "not sure enough", said, came,
            $"p {(adjusted < 0.001 ? "< 0.001" : $"= {CalibrationVerdict.Text(adjusted)}")}, corrected for {tests} tests (Holm)"),
    };

    private string Text(string mean) => Said is { } said && Came is { } came
        ? string.Create(CultureInfo.InvariantCulture, $"{Reading}: says {100 * said:0.0} %{mean}, {100 * came:0.0} % came") : Reading;
}
