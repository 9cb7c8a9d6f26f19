using System.Diagnostics;
using Credence.Persistence;

namespace Credence.Tests.Persistence;

public sealed class FileIdentityTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("credence-").FullName;

    public FileIdentityTests() => File.WriteAllText(At("a.csv"), "x");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void AreSame_SeesThroughLinksOfFilesAndFolders()
    {
        Directory.CreateDirectory(At("sub"));
        File.CreateSymbolicLink(At("link"), "a.csv");
        Directory.CreateSymbolicLink(At("folder"), At("sub"));
        File.CreateSymbolicLink(At("sub/up"), "../a.csv");

        Assert.True(FileIdentity.AreSame(At("a.csv"), At("sub/../a.csv")));
        Assert.True(FileIdentity.AreSame(At("a.csv"), At("link")));
        Assert.True(FileIdentity.AreSame(At("folder/up"), At("a.csv")));
        Assert.False(FileIdentity.AreSame(At("a.csv"), At("b.csv")));
    }

    [Fact]
    public void AreSame_SeesASecondNameOfTheFile()
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("Windows has no ln.");

        using Process link = Process.Start("ln", [At("a.csv"), At("hard.csv")]);
        link.WaitForExit();
        File.WriteAllText(At("same.csv"), "x");

        Assert.True(FileIdentity.AreSame(At("a.csv"), At("hard.csv")));
        Assert.False(FileIdentity.AreSame(At("a.csv"), At("same.csv")));
    }

    [Fact]
    public void AreSame_ComparesFilesThatAreNotThereYet()
    {
        Directory.CreateDirectory(At("sub"));
        Directory.CreateSymbolicLink(At("folder"), At("sub"));
        File.CreateSymbolicLink(At("dangling"), "sub/new");

        Assert.True(FileIdentity.AreSame(At("sub/new"), At("folder/new")));
        Assert.True(FileIdentity.AreSame(At("dangling"), At("sub/new")));
        Assert.False(FileIdentity.AreSame(At("sub/new"), At("sub/other")));
        Assert.Equal(File.Exists(At("A.CSV")), FileIdentity.AreSame(At("sub/new"), At("sub/NEW")));
        Assert.False(FileIdentity.AreSame(At("sub/new"), At("a.csv")));
    }

    [Fact]
    public void AreSame_IsFalseOfWhatIsNoFile()
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("Windows has no /dev/null.");

        Assert.False(FileIdentity.AreSame("/dev/null", "/dev/null"));
    }

    private string At(string name) => Path.Combine(folder, name);
}
