using System.Text.Json;
using Credence.Data.Columns;
using Credence.Features.Columns;
using Credence.Persistence;
using Credence.Tests.Support;

namespace Credence.Tests.Features.Columns;

/// <summary>Against exact fractions: tools/golden/column_features.py.</summary>
public class NumberEncoderTests
{
    [Theory]
    [InlineData("numbers")]
    [InlineData("numbers missing")]
    [InlineData("numbers far off")]
    [InlineData("numbers constant")]
    public void EveryFeature_IsAsDefined(string part)
    {
        JsonElement known = KnownFeatures.Part("columns.json", part);
        NumberEncoder encoder = NumberEncoder.Fit(new NumberColumn("x", known.GetProperty("train").Numbers()), out string? leftOut)!;

        Assert.Null(leftOut);
        KnownFeatures.Check(known, encoder, new NumberColumn("x", known.GetProperty("rows").Numbers()));
    }

    [Theory]
    [InlineData(2.5, 2.5, "column 'x' is 2.5 in every row: left out")]
    [InlineData(double.NaN, double.NaN, "column 'x' is empty in every row: left out")]
    public void AColumnThatTellsNoRowsApart_IsLeftOut(double first, double second, string said)
    {
        Assert.Null(NumberEncoder.Fit(new NumberColumn("x", [first, second]), out string? leftOut));
        Assert.Equal(said, leftOut);
    }
}
