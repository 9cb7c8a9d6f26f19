using System.Text.Json;
using Credence.Data.Columns;
using Credence.Features.Columns;
using Credence.Features.Options;
using Credence.Persistence;
using Credence.Tests.Support;

namespace Credence.Tests.Features.Columns;

/// <summary>Against Python's Counter: tools/golden/column_features.py.</summary>
public class CategoryEncoderTests
{
    [Theory]
    [InlineData("names")]
    [InlineData("names few")]
    [InlineData("names all kept")]
    public void EveryFeature_IsAsDefined(string part)
    {
        JsonElement known = KnownFeatures.Part("columns.json", part);
        var options = new FeatureOptions
        {
            MinCategoryRows = known.GetProperty("least").GetInt32(),
            MaxCategories = known.GetProperty("most").GetInt32(),
        };
        CategoryColumn train = CategoryColumn.FromNames("x", known.GetProperty("train").Texts());
        CategoryEncoder encoder = CategoryEncoder.Fit(train, options, out string? leftOut)!;

        Assert.Null(leftOut);
        CategoryColumn rows = CategoryColumn.FromNames("x", known.GetProperty("rows").Texts());
        KnownFeatures.Check(known, encoder, rows);
        string[] kept = [.. encoder.Names.Where(name => name.Contains('=', StringComparison.Ordinal)).Select(name => name[2..])];
        Assert.Equal(known.GetProperty("rows").Texts().Count(name => name is not null && !kept.Contains(name)), encoder.CountUnseen(rows));
    }
}
