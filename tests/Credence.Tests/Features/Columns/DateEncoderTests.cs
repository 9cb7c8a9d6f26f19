using System.Globalization;
using System.Text.Json;
using Credence.Data.Columns;
using Credence.Features.Columns;
using Credence.Persistence;
using Credence.Tests.Support;

namespace Credence.Tests.Features.Columns;

/// <summary>Against Python's datetime: tools/golden/column_features.py.</summary>
public class DateEncoderTests
{
    [Theory]
    [InlineData("dates")]
    [InlineData("dates missing")]
    public void EveryFeature_IsAsDefined(string part)
    {
        JsonElement known = KnownFeatures.Part("columns.json", part);
        DateEncoder encoder = DateEncoder.Fit(Dates(known.GetProperty("train")), out string? leftOut)!;

        Assert.Null(leftOut);
        KnownFeatures.Check(known, encoder, Dates(known.GetProperty("rows")));
    }

    private static DateColumn Dates(JsonElement texts) => new(
        "x",
        [.. texts.Texts().Select(text => text is null ? DateColumn.Missing : DateTime.Parse(text, CultureInfo.InvariantCulture).Ticks)]);
}
