using System.Text.Json;
using System.Text.Json.Nodes;
using Credence.Data.Columns;
using Credence.Features.Image;
using Credence.Persistence;
using Credence.Tests.Support;

namespace Credence.Tests.Features.Image;

/// <summary>Against a few lines of Python: tools/golden/column_features.py.</summary>
public class ImageEncoderTests
{
    [Theory]
    [InlineData("pictures grey", "3 of the 6 pixels of column 'x' are the same in every row: left out")]
    [InlineData("pictures colour", "3 of the 6 pixels of column 'x' are the same in every row: left out")]
    public void EveryFeature_IsAsDefined(string part, string said)
    {
        JsonElement known = KnownFeatures.Part("columns.json", part);
        ImageEncoder encoder = ImageEncoder.Fit(Pictures(known, "train"), out string? leftOut)!;

        Assert.Equal(said, leftOut);
        KnownFeatures.Check(known, encoder, Pictures(known, "rows"));
    }

    [Fact]
    public void AModelOfPicturesLargerThanTheLimit_IsRefused()
    {
        var saved = new JsonObject { ["column"] = "x", ["shape"] = new JsonArray(32767, 32767, 1) };

        var error = Assert.Throws<InvalidDataException>(() => ImageEncoder.Load(saved, new NamedTensors(), ""));

        Assert.Equal("The model's description has an image of shape [32767, 32767, 1]; it must be [height, width, channels], at most "
            + "16,777,216 values.", error.Message);
    }

    private static ImageColumn Pictures(JsonElement known, string name)
    {
        int[] shape = [.. known.GetProperty("shape").Numbers().Select(length => (int)length)];
        JsonElement rows = known.GetProperty(name);
        byte[] pixels = [.. rows.Items().SelectMany(row => row.Numbers()).Select(pixel => (byte)pixel)];
        return new ImageColumn("x", pixels, rows.GetArrayLength(), shape[0], shape[1], shape[2]);
    }
}
