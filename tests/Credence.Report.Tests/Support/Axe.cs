using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using Microsoft.Playwright;

namespace Credence.Report.Tests.Support;

/// <summary>axe-core, which finds what keeps people with disabilities out. It is fetched once from npm into a cache; where neither has it
/// the test is skipped, saying so.</summary>
internal static class Axe
{
    private const string Version = "4.10.3";

    /// <summary>What it finds serious or critical on a page, a line each.</summary>
    public static async Task<string[]> Serious(IPage page)
    {
        string script = await Script();
        await page.EvaluateAsync(script);
        JsonElement? result =
            await page.EvaluateAsync<JsonElement?>("async () => (await axe.run(document, { resultTypes: ['violations'] })).violations");
        return
        [
            .. result!.Value.EnumerateArray().Where(violation => violation.GetProperty("impact").GetString() is "serious" or "critical")
                .Select(violation =>
                $"{violation.GetProperty("id").GetString()}: {violation.GetProperty("help").GetString()} at "
                    + $"{violation.GetProperty("nodes")[0].GetProperty("html").GetString()} "
                    + $"({violation.GetProperty("nodes").GetArrayLength()} places)"),
        ];
    }

    private static async Task<string> Script()
    {
        string cache = Path.Combine(
            Environment.GetEnvironmentVariable("XDG_CACHE_HOME")
                ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"), "credence-tests");
        string file = Path.Combine(cache, $"axe-{Version}.min.js");
        if (!File.Exists(file))
            Assert.SkipUnless(await Fetch(cache, file), $"axe-core {Version} is not in {cache}, and npm can't fetch it.");

        return await File.ReadAllTextAsync(file);
    }

    private static async Task<bool> Fetch(string cache, string file)
    {
        try
        {
            Directory.CreateDirectory(cache);
            using Process npm = Process.Start(new ProcessStartInfo("npm", ["pack", $"axe-core@{Version}", "--silent"])
            {
                WorkingDirectory = cache,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            if (!npm.WaitForExit(TimeSpan.FromSeconds(60)))
            {
                npm.Kill();
                return false;
            }

            string package = Path.Combine(cache, $"axe-core-{Version}.tgz");
            if (npm.ExitCode != 0 || !File.Exists(package))
                return false;

            await using var tar = new TarReader(new GZipStream(File.OpenRead(package), CompressionMode.Decompress));
            while (await tar.GetNextEntryAsync() is { } entry)
            {
                if (entry.Name != "package/axe.min.js")
                    continue;

                string whole = $"{file}.{Environment.ProcessId}";
                await entry.ExtractToFileAsync(whole, overwrite: true);
                File.Move(whole, file, overwrite: true);
                File.Delete(package);
                return true;
            }

            return false;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
