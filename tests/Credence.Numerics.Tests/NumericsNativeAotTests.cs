using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Credence.Numerics.Tests;

/// <summary>The sample published as native code, and run: half a minute of processor time, so CREDENCE_AOT=0 leaves it out.</summary>
public sealed class NumericsNativeAotTests
{
    [Fact]
    public void Sample_PublishesAsNativeCodeAndRuns()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("CREDENCE_AOT") == "0", "CREDENCE_AOT is 0");
        Assert.SkipUnless(HasLinker(), "neither clang nor gcc is on the path to link with");
        string root = Repository.Root, output = Path.Combine(Path.GetTempPath(), $"credence-aot-{Environment.ProcessId}");
        try
        {
            (int code, string said) = Run(
                "dotnet", "publish", Path.Combine(root, "samples", "Credence.Samples.Kernels"), "-c", "Release", "-r",
                    RuntimeInformation.RuntimeIdentifier,
                "-p:PublishAot=true", "--artifacts-path", Path.Combine(output, "build"), "-o", Path.Combine(output, "native"));
            bool missing = new[] { "NU1101", "NU1102", "NU1301" }.Any(error => said.Contains(error, StringComparison.Ordinal));
            Assert.SkipWhen(code != 0 && missing, "the ILCompiler package is not to be had");
            Assert.True(code == 0, said);
            (code, said) = Run(Path.Combine(output, "native", "Credence.Samples.Kernels"));
            Assert.Equal(0, code);
            Assert.Contains("picture 4: cat 100.0 %", said, StringComparison.Ordinal);
            Assert.Contains("log loss 0.3787, first row's gradient -0.3410 0.2424 0.0986", said, StringComparison.Ordinal);
        }
        finally
        {
            if (Directory.Exists(output))
                Directory.Delete(output, true);
        }
    }

    private static bool HasLinker() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, "clang")) || File.Exists(Path.Combine(folder, "gcc")));

    private static (int Code, string Said) Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        string said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, said);
    }
}
