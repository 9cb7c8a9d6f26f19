using System.Globalization;

namespace Credence.Evaluation.Results;

/// <summary>One test, at 5 % in all, of whether probabilities are calibrated: the least p-value of several tests, held against the least
/// p-values that calibrated probabilities give (R. Tippett 1931; by simulation, P. Westfall and S. Young 1993).</summary>
/// <remarks>Labels are drawn from the probabilities themselves, and each draw takes all the tests that the data take. Were the
/// probabilities right, the data would be one more draw, so that p ≤ 0.05 has probability at most 5 % whatever the number of rows, of
/// tests and of draws (Barnard 1963).</remarks>
public sealed record CalibrationTest
{
    /// <summary>The probability of a false alarm: 5 %.</summary>
    public const double Level = 0.05;

    /// <summary>The p-value that accounts for the number of tests; 0 where a true class was given probability 0.</summary>
    public required double PValue { get; init; }

    /// <summary>Each test's name, a metric's or <c>classes</c>, and its p-value alone; empty where calibrated and other probabilities can't
    /// differ, such as where every probability is 0 or 1.</summary>
    public required IReadOnlyList<(string Name, double PValue)> Parts { get; init; }

    /// <summary>Whether a true class was given probability 0, which needs no test.</summary>
    public bool IsImpossible { get; init; }

    /// <summary>Whether the probabilities are miscalibrated.</summary>
    public bool IsMiscalibrated => PValue <= Level;

    /// <summary>The p-value and the number of tests: "p = 0.015, 6 tests counted as one, the clearest that of
    /// classwise ECE".</summary>
    public string Evidence => IsImpossible ? "a true class was given probability 0"
        : Parts.Count == 0 ? "nothing to test"
        : string.Create(CultureInfo.InvariantCulture, $"p = {PValue:0.###}, {Parts.Count} tests counted as one")
            + (IsMiscalibrated ? $", the clearest that of {Clearest}" : "");

    private string Clearest => Parts.MinBy(part => part.PValue).Name is "classes" ? "the classes"
        : Parts.MinBy(part => part.PValue).Name.Replace("ece", "ECE", StringComparison.Ordinal).Replace('_', ' ');

    /// <summary>The verdict in words: "miscalibrated (p = 0.005, 6 tests counted as one)".</summary>
    public override string ToString() => $"{(IsMiscalibrated ? "miscalibrated" : "no miscalibration detected")} ({Evidence})";
}
