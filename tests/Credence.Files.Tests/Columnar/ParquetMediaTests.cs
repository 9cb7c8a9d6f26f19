using Credence.Data;
using Credence.Data.Columns;
using Credence.Files.Inputs;
using Credence.Files.Records;
using Credence.Files.Tests.Support;

namespace Credence.Files.Tests.Columnar;

/// <summary>Pictures with numbered labels as the Hugging Face library for data sets keeps them (tools/golden/parquet).</summary>
public class ParquetMediaTests
{
    private static readonly string Path = Repository.Golden("parquet", "huggingface.parquet");

    [Fact]
    public void PicturesAndTheNamesOfTheirLabels_AreRead()
    {
        using IRowSource source = DataFiles.Open([Path], new ReadOptions());
        DataChunk rows = source.ReadAll();

        Assert.Equal(["image:Image"], source.Kinds());
        Assert.Equal(["dog", "cat", null], rows.LabelNames());
        ImageColumn images = Assert.IsType<ImageColumn>(rows.Features.Columns.Single());
        Assert.Equal((3, 5, 7, 3), (images.Count, images.Height, images.Width, images.Channels));
        Assert.Equal(
            KnownMedia.Picture("colour.png").Pixels.Select(pixel => (byte)pixel), images.Row(1).ToArray());
        Assert.EndsWith("row 2", rows.Places![1].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void AnOptionOfTables_IsRefused()
    {
        var error = Assert.Throws<ArgumentException>(() => DataFiles.Open([Path], new ReadOptions { Weight = "label" }));
        Assert.Contains("it has a column of pictures", error.Message, StringComparison.Ordinal);
    }
}
