using Credence.Data;
using Credence.Data.Columns;
using Credence.Files.Inputs;
using Credence.Files.Records;
using Credence.Files.Tests.Support;
using Credence.Persistence;

namespace Credence.Files.Tests.Sources;

/// <summary>Archives as NumPy writes them: tools/golden/arrays.py.</summary>
public class ArraySourceTests
{
    [Fact]
    public void ArraysOfAnArchive_BecomeVectorsPicturesWeightsAndLabels()
    {
        DataChunk rows = Golden.Read("arrays/table.npz", new ReadOptions { Weight = "weight" });

        VectorColumn vectors = Assert.IsType<VectorColumn>(rows.Features.Find("vectors"));
        Assert.Equal(2, vectors.Width);
        Assert.Equal(KnownArrays.Numbers("table/vectors").Select(value => (float)value), vectors.Values.ToArray());
        ImageColumn pictures = Assert.IsType<ImageColumn>(rows.Features.Find("pictures"));
        Assert.Equal(
            KnownArrays.Numbers("table/pictures").Select(value => (byte)value),
            Enumerable.Range(0, 6).SelectMany(row => pictures.Row(row).ToArray()));
        Assert.Equal(KnownArrays.Numbers("table/weight"), rows.Weights);
        Assert.Equal(KnownArrays.Texts("table/labels"), rows.LabelNames());
    }

    [Fact]
    public void Chunks_AreTheRowsInOrder()
    {
        using IRowSource source = DataFiles.Open([Repository.Golden("arrays", "table.npz")], new ReadOptions { Weight = "weight" });

        DataChunk[] chunks = [.. source.Read(rowsPerChunk: 4)];

        Assert.Equal([4, 2], chunks.Select(chunk => chunk.Rows));
        Assert.Equal(KnownArrays.Numbers("table/weight"), chunks.SelectMany(chunk => chunk.Weights!));
        Assert.Equal(KnownArrays.Texts("table/labels"), chunks.SelectMany(chunk => chunk.LabelNames()));
        Assert.Equal(
            KnownArrays.Numbers("table/vectors").Select(value => (float)value),
            chunks.SelectMany(chunk => ((VectorColumn)chunk.Features.Find("vectors")!).Values.ToArray()));
    }
}
