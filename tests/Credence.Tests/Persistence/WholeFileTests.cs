using Credence.Persistence;

namespace Credence.Tests.Persistence;

public sealed class WholeFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("credence-").FullName;

    private string Target => Path.Combine(folder, "model.credence");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Write_ReplacesTheOldFile()
    {
        File.WriteAllText(Target, "old");

        WholeFile.Write(Target, stream => stream.Write("new"u8));

        Assert.Equal("new", File.ReadAllText(Target));
        Assert.Single(Directory.GetFiles(folder));
    }

    [Fact]
    public void Write_ThatFailsMidway_LeavesTheOldFileAndNoOther()
    {
        File.WriteAllText(Target, "old");

        Assert.Throws<InvalidOperationException>(() => WholeFile.Write(Target, stream =>
        {
            stream.Write(new byte[3 << 20]);
            throw new InvalidOperationException();
        }));

        Assert.Equal("old", File.ReadAllText(Target));
        Assert.Single(Directory.GetFiles(folder));
    }

    [Fact]
    public void Write_OverwritesWhatAKilledProcessLeft()
    {
        File.WriteAllText(Path.Combine(folder, ".model.credence.tmp"), "half a mod");

        WholeFile.Write(Target, stream => stream.Write("new"u8));

        Assert.Equal("new", File.ReadAllText(Target));
        Assert.Single(Directory.GetFiles(folder));
    }

    [Fact]
    public void Write_FollowsALink()
    {
        string real = Path.Combine(folder, "real");
        File.WriteAllText(real, "old");
        File.CreateSymbolicLink(Target, real);

        WholeFile.Write(Target, stream => stream.Write("new"u8));

        Assert.Equal("new", File.ReadAllText(real));
        Assert.NotNull(File.ResolveLinkTarget(Target, returnFinalTarget: false));
    }

    [Fact]
    public void CheckWritable_NamesAMissingFolder()
    {
        var error = Assert.Throws<DirectoryNotFoundException>(() => WholeFile.CheckWritable(Path.Combine(folder, "no", "model.credence")));

        Assert.Contains(Path.Combine(folder, "no"), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CheckWritable_RefusesAFolder() => Assert.Throws<IOException>(() => WholeFile.CheckWritable(folder));

    [Fact]
    public void CheckWritable_LeavesNothing()
    {
        WholeFile.CheckWritable(Target);

        Assert.Empty(Directory.GetFiles(folder));
    }
}
