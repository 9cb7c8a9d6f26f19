using Credence.Features.Columns;

namespace Credence.Tests.Features.Columns;

public class StandardizerTests
{
    /// <remarks>The mean of the squares 0, 1, 4, … 81 is 28.5, the mean of their squares 1,533.3, so that the variance is 721.05.</remarks>
    [Fact]
    public void MeanAndDeviation_AreOfTheValuesPresent_DividedByTheirNumber()
    {
        double[] squares = [.. Enumerable.Range(0, 10).Select(i => (double)(i * i)), double.NaN];

        Standardizer fitted = Standardizer.Fit("x", squares)!.Value;

        Assert.Equal(28.5, fitted.Mean);
        Assert.Equal(Math.Sqrt(721.05), fitted.Deviation, 1e-13);
        Assert.Equal((float)((100 - 28.5) / Math.Sqrt(721.05)), fitted.Apply(100));
        Assert.Equal(0, fitted.Apply(double.NaN));
    }

    [Theory]
    [InlineData(1e15)]
    [InlineData(-1e15)]
    [InlineData(4503599627370496)]
    public void ALargeOffset_CostsNoDigits(double offset)
    {
        Standardizer fitted = Standardizer.Fit("x", [offset, offset + 1, offset + 2, offset + 3])!.Value;

        Assert.Equal(offset + 1.5, fitted.Mean);
        Assert.Equal(Math.Sqrt(1.25), fitted.Deviation, 1e-15);
    }

    [Fact]
    public void ValuesThatDoNotVary_GiveNone()
    {
        Assert.Null(Standardizer.Fit("x", [3, double.NaN, 3]));
        Assert.Null(Standardizer.Fit("x", [double.NaN]));
        Assert.Null(Standardizer.Fit("x", []));
    }

    [Theory]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void AnInfiniteValue_IsRefusedWithItsRow(double value)
    {
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Standardizer.Fit("x", [1, 2, value]));

        Assert.StartsWith("Column 'x', row 2 (counted from 0), is ", error.Message, StringComparison.Ordinal);
    }
}
