using System.Text.Json;
using Credence.Data.Columns;
using Credence.Features.Columns;
using Credence.Numerics;
using Credence.Persistence;
using Credence.Tests.Support;

namespace Credence.Tests.Features.Columns;

/// <summary>Against exact fractions: tools/golden/column_features.py.</summary>
public class VectorEncoderTests
{
    [Fact]
    public void EveryFeature_IsAsDefined()
    {
        JsonElement known = KnownFeatures.Part("columns.json", "vectors");
        VectorEncoder encoder = VectorEncoder.Fit(Vectors(known.GetProperty("train")), out string? leftOut)!;

        Assert.Equal("1 of the 4 quantities of column 'x' are the same in every row: left out", leftOut);
        KnownFeatures.Check(known, encoder, Vectors(known.GetProperty("rows")));
    }

    private static VectorColumn Vectors(JsonElement rows)
    {
        float[] values = [.. rows.Items().SelectMany(row => row.Numbers()).Select(value => (float)value)];
        return new VectorColumn("x", values, rows.GetArrayLength(), rows[0].GetArrayLength());
    }
}
