using Credence.Data;
using Credence.Data.Columns;
using Credence.Files.Inputs;
using Credence.Files.Records;
using Credence.Files.Tests.Support;

namespace Credence.Files.Tests.Sources;

/// <summary>Folders of texts, pictures and sounds that Python wrote: tools/golden.</summary>
public class MediaSourceTests
{
    [Fact]
    public void TextsOfAFolder_HaveTheNameOfTheirFolderAsLabel()
    {
        DataChunk rows = Golden.Read("tables/folder");

        object?[] labels = KnownRows.Cells("label"), notes = KnownRows.Cells("note");
        int[] order = [.. Enumerable.Range(0, labels.Length).OrderBy(row => labels[row] is "yes" ? 1 : 0)];
        Assert.Equal(order.Select(row => labels[row]), rows.LabelNames());
        Assert.Equal(order.Select(row => notes[row]), rows.Cells("text"));
    }

    [Fact]
    public void PicturesOfAFolder_AreOfOneSize_InTheOrderOfTheirNames()
    {
        using var scratch = new Scratch();
        foreach ((string to, string from) in new[] { ("b/1.png", "colour.png"), ("a/2.png", "grey.png"), ("a/1.bmp", "colour.bmp") })
            scratch.Write(to, KnownMedia.Bytes(from));

        using IRowSource source = DataFiles.Open([scratch.Folder], new ReadOptions());
        DataChunk rows = source.ReadAll();

        ImageColumn pictures = Assert.IsType<ImageColumn>(rows.Features.Find("image"));
        Assert.Equal((5, 7, 3), (pictures.Height, pictures.Width, pictures.Channels));
        Assert.Equal(["a", "a", "b"], rows.LabelNames());
        Assert.Equal(0, KnownMedia.Distance(KnownMedia.Picture("colour.bmp").Pixels, pictures.Row(0).ToArray()));
        int[] grey = [.. KnownMedia.Picture("grey.png").Pixels.SelectMany(pixel => new[] { pixel, pixel, pixel })];
        Assert.Equal(0, KnownMedia.Distance(grey, pictures.Row(1).ToArray()));
        Assert.Equal(0, KnownMedia.Distance(KnownMedia.Picture("colour.png").Pixels, pictures.Row(2).ToArray()));
    }

    [Fact]
    public void SoundsOfAFolder_AreOfTheMostCommonRate_WithLabelsInTheirNames()
    {
        using var scratch = new Scratch();
        foreach ((string to, string from) in new[] { ("0_x.wav", "u1.wav"), ("1_x.wav", "i3.wav"), ("0_y.wav", "i2.wav") })
            scratch.Write(to, KnownMedia.Bytes(from));

        using IRowSource source = DataFiles.Open([scratch.Folder], new ReadOptions { LabelPattern = "^(?<label>[0-9])_(?<group>.)" });
        DataChunk rows = source.ReadAll();

        AudioColumn sounds = Assert.IsType<AudioColumn>(rows.Features.Find("audio"));
        Assert.Equal(8000, sounds.SampleRate);
        Assert.Equal(["0", "0", "1"], rows.LabelNames());
        Assert.Equal(["x", "y", "x"], rows.Groups!.Names());
        Assert.Equal(KnownMedia.Sound("u1.wav").Samples.Select(sample => (float)sample), sounds.Row(0).ToArray());
        Assert.Equal(20, sounds.Row(1).Length);
        Assert.Equal(KnownMedia.Sound("i3.wav").Samples.Select(sample => (float)sample), sounds.Row(2).ToArray());
    }
}
