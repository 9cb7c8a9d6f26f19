using System.Diagnostics;
using System.IO.Compression;
using System.Xml.Linq;

namespace Credence.Cli.Tests.House;

/// <summary>The packages, as tools/packages/try.sh packs, installs and uses them.</summary>
public sealed class PackagesTests
{
    [Fact]
    public async Task Packages_ArePackedInstalledAndUsed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the script needs bash");
        string work = Directory.CreateTempSubdirectory("credence-packages-").FullName;
        try
        {
            var start = new ProcessStartInfo("bash") { RedirectStandardOutput = true, RedirectStandardError = true };
            start.ArgumentList.Add(Repository.Path("tools", "packages", "try.sh"));
            start.ArgumentList.Add(work);
            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string said = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();

            Assert.True(process.ExitCode == 0, said + await errors);
            int packages = Directory.GetDirectories(Repository.Path("src")).Length;
            Assert.Contains($"packed {packages} packages and {packages} of symbols\n", said, StringComparison.Ordinal);
            Assert.Contains("tool: 65.9 %\n", said, StringComparison.Ordinal);
            Assert.Contains("console: true 100.0 %; set: true\nconsole: report of True, accuracy 1\n", said, StringComparison.Ordinal);
            Assert.Matches("native: (true 100.0 %; set: true|left out, since .*)\n", said);
            Assert.All(Directory.GetFiles(Path.Combine(work, "feed"), "*.nupkg"), CheckContents);
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    /// <summary>A package says what it is, by whom and under which licence, and a library brings its documentation.</summary>
    private static void CheckContents(string package)
    {
        using ZipArchive zip = ZipFile.OpenRead(package);
        string[] names = [.. zip.Entries.Select(entry => entry.FullName)];
        Assert.Contains("README.md", names);
        Assert.Contains("icon.png", names);
        ZipArchiveEntry description = zip.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal));
        using Stream stream = description.Open();
        XElement metadata = XDocument.Load(stream).Root!.Elements().First();
        Assert.Equal("MIT", Of("license"));
        Assert.All(new[] { "description", "authors", "tags", "releaseNotes", "readme", "icon" }, name => Assert.NotEqual("", Of(name)));
        string id = Of("id");
        if (id != "Credence.Cli")
            Assert.Contains($"lib/net10.0/{id}.xml", names);

        if (id is "Credence" or "Credence.Numerics")
        {
            IEnumerable<string?> needed = metadata.Descendants().Where(element => element.Name.LocalName == "dependency")
                .Select(element => element.Attribute("id")!.Value);
            Assert.Equal(id == "Credence" ? ["Credence.Numerics"] : [], needed);
        }

        string Of(string name) => metadata.Elements().Single(element => element.Name.LocalName == name).Value;
    }
}
