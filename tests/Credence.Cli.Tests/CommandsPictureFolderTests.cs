using System.Text.Json;
using Credence.Cli.Tests.Support;

namespace Credence.Cli.Tests;

/// <summary>Folders of pictures with a bad one among them, and predictions that say which file they are of.</summary>
public sealed class CommandsPictureFolderTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("credence-").FullName;

    public CommandsPictureFolderTests()
    {
        for (int i = 0; i < 30; i++)
        {
            Write($"train/dark/{i:00}.bmp", Bmp((byte)(10 + (3 * i))));
            Write($"train/light/{i:00}.bmp", Bmp((byte)(150 + (3 * i))));
        }

        Write("new/a.bmp", Bmp(20));
        Write("new/b.bmp", Bmp(240)[..100]);
        Write("new/c.bmp", Bmp(240));
        Write("train/dark/bad.bmp", Bmp(20)[..60]);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void OneBadFile_IsLeftOutWhereThatIsAllowed_AndPredictionsNameTheirFiles()
    {
        CommandResult refused = Run("train", "train", "--out", "m.credence");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("bad.bmp", refused.Error, StringComparison.Ordinal);

        CommandResult trained = Run("train", "train", "--out", "m.credence", "--skip-bad", "1");
        Assert.Equal(0, trained.ExitCode);
        Assert.Contains("1 of 61 files can't be read and are left out", trained.Error + trained.Output, StringComparison.Ordinal);

        Assert.Equal(1, Run("predict", "m.credence", "new").ExitCode);
        string[] lines = Run("predict", "m.credence", "new", "--skip-bad", "1").Output.TrimEnd('\n').Split('\n');
        Assert.StartsWith("row,file,label,probability", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("0,a.bmp,dark,", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("1,c.bmp,light,", lines[2], StringComparison.Ordinal);
        Assert.Equal(3, lines.Length);

        string json = Run("predict", "m.credence", "new", "--skip-bad", "1", "--json").Output.Split('\n')[1];
        Assert.Equal("c.bmp", JsonDocument.Parse(json).RootElement.GetProperty("file").GetString());
    }

    private CommandResult Run(params string[] arguments) => CommandLine.RunIn(folder, "", arguments);

    private void Write(string name, byte[] bytes)
    {
        string path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
    }

    /// <summary>A bmp of 8 × 8 pixels of one shade, 24 bits each.</summary>
    private static byte[] Bmp(byte shade)
    {
        byte[] pixels = [.. Enumerable.Repeat(shade, 8 * 8 * 3)];
        return
        [
            .. "BM"u8, .. BitConverter.GetBytes(54 + pixels.Length), 0, 0, 0, 0, .. BitConverter.GetBytes(54), .. BitConverter.GetBytes(40),
            .. BitConverter.GetBytes(8), .. BitConverter.GetBytes(8), 1, 0, 24, 0, .. new byte[24], .. pixels,
        ];
    }
}
