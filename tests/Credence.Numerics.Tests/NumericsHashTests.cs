using System.Diagnostics;
using System.Globalization;

namespace Credence.Numerics.Tests;

/// <summary>The same bits on every vector width and number of threads, and the bits of yesterday.</summary>
public sealed class NumericsHashTests
{
    private const string Child = "CREDENCE_HASH_CHILD";

    [Fact]
    public void Hashes_AreThoseCommitted_ForAnyThreads()
    {
        bool isChild = Environment.GetEnvironmentVariable(Child) is not null;
        var actual = KernelHashes.All.ToDictionary(kernel => kernel.Name, kernel => kernel.Hash(1));
        if (Environment.GetEnvironmentVariable("CREDENCE_APPROVE") == "1" && !isChild)
            File.WriteAllLines(Expected(), actual.Select(pair => $"{pair.Value:x16} {pair.Key}"));

        var expected = File.ReadLines(Expected()).ToDictionary(line => line[17..], line => ulong.Parse(line[..16], NumberStyles.HexNumber));
        Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
        Assert.Empty(actual.Where(pair => expected[pair.Key] != pair.Value).Select(pair => pair.Key));
        foreach (int maxThreads in (int[])[2, 3, 8])
        {
            foreach ((string name, Func<int, ulong> hash) in KernelHashes.All)
                Assert.True(hash(maxThreads) == expected[name], $"{name} differs with {maxThreads} threads");
        }
    }

    [Fact]
    public void Hashes_AreTheSame_WithVectorsOfAnyWidth()
    {
        foreach ((string name, Func<int, ulong> hash) in KernelHashes.All)
        {
            ulong[] hashes = EachWidth.Results(() => hash(1));
            for (int i = 1; i < hashes.Length; i++)
                Assert.True(hashes[i] == hashes[0], $"{name}: {EachWidth.Bits[i]} bits differ from one lane at a time");
        }
    }

    [Theory]
    [InlineData("DOTNET_EnableAVX512")]
    [InlineData("DOTNET_EnableAVX2")]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    public async Task Hashes_AreTheSame_WithoutInstructionsOfTheProcessor(string switchedOff)
    {
        if (Environment.GetEnvironmentVariable(Child) is not null)
            return;

        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList =
            {
                "exec", typeof(NumericsHashTests).Assembly.Location, "-noLogo", "-noColor",
                "-method", $"{typeof(NumericsHashTests).FullName}.{nameof(Hashes_AreThoseCommitted_ForAnyThreads)}",
            },
            RedirectStandardOutput = true,
            Environment = { [switchedOff] = "0", [Child] = "1" },
        };
        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0 && output.Contains("Total: 1, Errors: 0, Failed: 0", StringComparison.Ordinal), output);
    }

    private static string Expected() => Repository.Path("tests", "Credence.Numerics.Tests", "kernel-hashes.txt");
}
