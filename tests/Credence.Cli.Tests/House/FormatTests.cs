using System.Diagnostics;

namespace Credence.Cli.Tests.House;

/// <summary>Every file is as <c>dotnet format whitespace</c> would have it.</summary>
public class FormatTests
{
    [Fact]
    public async Task Sources_AreFormatted()
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in new[] { "format", "whitespace", "Credence.slnx", "--verify-no-changes", "--no-restore" })
            start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        Task<string> said = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(process.ExitCode == 0, output + await said);
    }
}
