using Credence.Report.Formatting;
using Credence.Report.Plots;
using CsCheck;

namespace Credence.Report.Tests;

public sealed class PlotScaleTests
{
    [Fact]
    public void Linear_MapsItsEndsToTheAxis()
    {
        PlotScale scale = PlotScale.Linear(2, 4, 100, 20);
        Assert.Equal(100, scale.Map(2));
        Assert.Equal(60, scale.Map(3));
        Assert.Equal(20, scale.Map(4));
    }

    [Fact]
    public void Logarithmic_MapsRatiosToDistances()
    {
        PlotScale scale = PlotScale.Logarithmic(1e-4, 1, 0, 400);
        Assert.Equal(0, scale.Map(1e-4), 9);
        Assert.Equal(100, scale.Map(1e-3), 9);
        Assert.Equal(400, scale.Map(1), 9);
        Assert.Equal(["10⁻⁴", "0.001", "0.01", "0.1", "1"], scale.Ticks(5, NumberText.Power).Select(t => t.Text));
    }

    [Fact]
    public void Ticks_AreFewRoundAndInside() =>
        Gen.Select(Gen.Double[-1e6, 1e6], Gen.Double[1e-6, 1e6], Gen.Int[2, 10]).Sample((from, span, about) =>
    {
        PlotScale scale = PlotScale.Linear(from, from + span, 0, 100);
        IReadOnlyList<Tick> ticks = scale.Ticks(about, NumberText.Short);
        Assert.InRange(ticks.Count, 1, 2 * about + 2);
        Assert.All(ticks, tick => Assert.InRange(tick.Value, from - span * 1e-6 - 1e-9, from + span * (1 + 1e-6) + 1e-9));
    });

    [Theory]
    [InlineData(0, 1, "0 20 40 60 80 100")]
    [InlineData(0, 0.5, "0 10 20 30 40 50")]
    public void Ticks_AreAtRoundNumbers(double from, double to, string expected) =>
        Assert.Equal(expected,
            string.Join(' ', PlotScale.Linear(from, to, 0, 1).Ticks(5, v => NumberText.OfHundred(v)).Select(t => t.Text)));

    [Theory]
    [InlineData(0.0, 0.0)]
    [InlineData(5.0, 5.0)]
    [InlineData(double.NaN, 1.0)]
    [InlineData(0.0, double.PositiveInfinity)]
    [InlineData(1.0, -1.0)]
    public void Scales_OfNothingCanStillBeDrawn(double from, double to)
    {
        foreach (PlotScale scale in new[] { PlotScale.Linear(from, to, 0, 100), PlotScale.Logarithmic(from, to, 0, 100),
            PlotScale.FromZero(to, 100, 0) })
        {
            Assert.All(new[] { from, to, double.NaN, 0, -1, 1e300 }, value => Assert.InRange(scale.Map(value), 0, 100));
            Assert.NotEmpty(scale.Ticks(4, NumberText.Short));
        }
    }
}
