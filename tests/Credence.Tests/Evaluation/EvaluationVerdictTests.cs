using Credence.Evaluation.Results;

namespace Credence.Tests.Evaluation;

/// <summary>A verdict is in parts, so that nobody cuts it up, and its parts make the whole sentence.</summary>
public class EvaluationVerdictTests
{
    [Fact]
    public void Error_AboveTheCalibratedPoint_SaysWhatItIsHeldAgainst()
    {
        MetricVerdict verdict = CalibrationVerdict.OfError(0.1, new CalibratedNull(0.01, 0.02, 0, 0.03), 1234)!;
        Assert.Equal("not calibrated", verdict.Reading);
        Assert.Equal("0.1000: not calibrated; a calibrated model stays at or below 0.0200 in 95 % of samples at n = 1,234", $"{verdict}");
        Assert.False(verdict.IsBetter);
        Assert.Equal("0.0200: no miscalibration detected at n = 1,234",
            $"{CalibrationVerdict.OfError(0.02, new CalibratedNull(0.01, 0.02, 0, 0.03), 1234)}");
        Assert.Null(CalibrationVerdict.OfError(0.1, null, 1234));
    }

    [Theory]
    [InlineData(0.7, true, false, "worse than calibrated probabilities imply")]
    [InlineData(0.9, true, true, "better than calibrated probabilities imply")]
    [InlineData(0.7, false, true, "better than calibrated probabilities imply")]
    [InlineData(0.9, false, false, "worse than calibrated probabilities imply")]
    [InlineData(0.8, true, null, "consistent with calibrated probabilities")]
    public void Figure_IsHeldAgainstItsClaim(double value, bool isHighGood, bool? isBetter, string reading)
    {
        MetricVerdict verdict = CalibrationVerdict.OfMetric(value, new CalibratedNull(0.8, 0.84, 0.75, 0.85), isHighGood, 500)!;
        Assert.Equal(isBetter, verdict.IsBetter);
        Assert.Equal(reading, verdict.Reading);
        Assert.EndsWith("0.7500 to 0.8500 at n = 500", verdict.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Part_ShortLeavesTheTestOut()
    {
        PartVerdict verdict = PartVerdict.Of(0.0123, 0.9, 0.8, 3);
        Assert.Equal("overconfident: mean confidence 90.0 %, observed frequency 80.0 %", verdict.Short);
        Assert.Equal("overconfident: mean confidence 90.0 %, observed frequency 80.0 %; p = 0.0123, corrected for 3 tests (Holm)",
            $"{verdict}");
        Assert.Equal("underconfident", PartVerdict.Of(0.01, 0.7, 0.8, 3).Reading);
        Assert.Equal("no miscalibration detected", PartVerdict.Of(0.2, 0.9, 0.8, 3).Short);
        Assert.Equal("too few rows to test", $"{PartVerdict.Of(double.NaN, 0.9, 0.8, 3)}");
    }

    /// <summary>Of 200 draws the 194th: 7 of 201 places are above it.</summary>
    [Theory]
    [InlineData(19, 19)]
    [InlineData(99, 97)]
    [InlineData(200, 194)]
    [InlineData(1000, 959)]
    public void CalibratedPoint_IsSeldomBelowTheTrueOne(int draws, int rank)
    {
        double[] values = [.. Enumerable.Range(1, draws).Select(i => (double)i)];
        Assert.Equal(rank, CalibratedNull.Compute(values)!.Value.P95);
        Assert.True(draws + 1 - rank <= 0.05 * (draws + 1));
    }
}
