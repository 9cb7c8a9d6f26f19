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
    public void Write_RemovesWhatAKilledProcessLeft()
    {
        File.WriteAllText(Path.Combine(folder, ".credence-killed.tmp"), "half a mod");

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
    public void Write_ThroughALinkToNothing_MakesTheFileAndKeepsTheLink()
    {
        File.CreateSymbolicLink(Target, "real");

        WholeFile.Write(Target, stream => stream.Write("new"u8));

        Assert.Equal("new", File.ReadAllText(Path.Combine(folder, "real")));
        Assert.Equal("real", new FileInfo(Target).LinkTarget);
    }

    [Fact]
    public void TwoWritersOfOneFile_TheLaterWinsWhole_AndAFailingOneHarmsNone()
    {
        using PendingFile first = WholeFile.Prepare(Target, stream => stream.Write("first"u8));
        using PendingFile second = WholeFile.Prepare(Target, stream => stream.Write("second"u8));
        Assert.Throws<InvalidOperationException>(() => WholeFile.Write(Target, _ => throw new InvalidOperationException()));
        Assert.False(File.Exists(Target));

        second.Publish();
        first.Publish();

        Assert.Equal("first", File.ReadAllText(Target));
        Assert.Single(Directory.GetFiles(folder));
    }

    [Fact]
    public void Write_LeavesPlantedLinksAndTheirVictimsAlone()
    {
        string victim = Path.Combine(folder, "victim");
        File.WriteAllText(victim, "precious");
        foreach (string planted in new[] { ".model.credence.tmp", ".credence-planted.tmp" })
            File.CreateSymbolicLink(Path.Combine(folder, planted), victim);

        WholeFile.Write(Target, stream => stream.Write("new"u8));

        Assert.Equal("precious", File.ReadAllText(victim));
        Assert.Equal("new", File.ReadAllText(Target));
    }

    [Fact]
    public void Sha256_IsThatOfTheContent()
    {
        using PendingFile file = WholeFile.Prepare(Target, stream => stream.Write("abc"u8));

        // FIPS 180-2, appendix B.1.
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", file.Sha256);
    }

    [Fact]
    public void Write_TakesTheLongestNameASystemAllows()
    {
        string target = Path.Combine(folder, new string('n', 255));

        WholeFile.CheckWritable(target);
        WholeFile.Write(target, stream => stream.Write("new"u8));

        Assert.Equal("new", File.ReadAllText(target));
    }

    [Fact]
    public void Write_KeepsThePermissions_AndReadOnlyIsRefusedBefore()
    {
        if (OperatingSystem.IsWindows())
            return;

        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherWrite;
        File.WriteAllText(Target, "old");
        File.SetUnixFileMode(Target, Mode);
        WholeFile.Write(Target, stream => stream.Write("new"u8));
        Assert.Equal(Mode, File.GetUnixFileMode(Target));

        File.SetUnixFileMode(Target, UnixFileMode.UserRead);
        var error = Assert.Throws<IOException>(() => WholeFile.CheckWritable(Target));
        Assert.Contains($"'{Target}' can't be written: it is read-only", error.Message, StringComparison.Ordinal);
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
