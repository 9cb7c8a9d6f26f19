using Credence.Calibration;
using Credence.Calibration.Selection;

namespace Credence.Tests.Calibration.Selection;

public class CalibrationMethodsTests
{
    [Fact]
    public void All_HaveNamesOfTheirOwn_AndSayWhatTheyAreAndWhereTheyComeFrom()
    {
        Assert.Equal(CalibrationMethods.All.Count, CalibrationMethods.All.Select(method => method.Name).Distinct().Count());
        Assert.Equal(CalibrationMethods.All.Count, CalibrationMethods.All.Select(method => method.Title).Distinct().Count());
        Assert.All(CalibrationMethods.All, method =>
            Assert.Matches(method.Name == "none" ? @"\.$" : @"^[A-Z].+\(.+, (19|20)\d\d\)\.$", method.Summary));
    }

    [Fact]
    public void Find_GivesEachByItsName_AndWithACurveAfterIt()
    {
        foreach (CalibrationMethod method in CalibrationMethods.All)
        {
            Assert.Same(method, CalibrationMethods.Find(method.Name));
            Assert.Equal(method.Name + "+confidence", CalibrationMethods.Find(method.Name + "+confidence")!.Name);
        }

        Assert.Null(CalibrationMethods.Find("temperatur"));
        Assert.Null(CalibrationMethods.Find("temperatur+confidence"));
    }

    [Theory]
    [InlineData(1, 1000, "none")]
    [InlineData(2, 99, "none temperature bias-corrected-temperature beta structured-vector structured-matrix bias-corrected-matrix")]
    [InlineData(3, 150, "none temperature bias-corrected-temperature vector structured-vector structured-matrix bias-corrected-matrix")]
    [InlineData(150, 7000, "none temperature bias-corrected-temperature structured-vector")]
    [InlineData(151, 10_000, "none temperature bias-corrected-temperature vector structured-vector")]
    [InlineData(1000, 50_000, "none temperature bias-corrected-temperature structured-vector")]
    public void For_GivesWhatTheRowsBear_SimplestFirst(int classes, int rows, string methods) =>
        Assert.Equal(methods.Split(' '), CalibrationMethods.For(classes, rows).Select(method => method.Name));

    [Fact]
    public void Classwise_AreThoseWithAMapOfOneClass() =>
        Assert.Equal(["none", "platt", "beta"], CalibrationMethods.Classwise.Select(method => method.Name));
}
