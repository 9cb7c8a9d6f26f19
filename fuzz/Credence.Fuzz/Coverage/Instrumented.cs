using System.Diagnostics;
using SharpFuzz;

namespace Credence.Fuzz.Coverage;

/// <summary>Runs this program again from a copy whose readers count their branches.</summary>
internal static class Instrumented
{
    /// <summary>What such a run is started with.</summary>
    public const string Mark = "--instrumented";

    private static readonly string[] Assemblies =
    [
        "Credence.dll", "Credence.Files.dll", "Credence.Onnx.dll", "Google.Protobuf.dll", "SixLabors.ImageSharp.dll", "StbImageSharp.dll",
        "Sylvan.Data.Csv.dll",
    ];

    /// <summary>Its exit code.</summary>
    public static int Run(string[] args)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("credence-fuzz-");
        try
        {
            foreach (string file in Directory.EnumerateFiles(AppContext.BaseDirectory))
                File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));

            foreach (string assembly in Assemblies)
                _ = SharpFuzz.Fuzzer.Instrument(Path.Combine(folder.FullName, assembly), _ => true, Options.Value).Count();

            using Process again = Process.Start("dotnet", ["exec", Path.Combine(folder.FullName, "Credence.Fuzz.dll"), .. args, Mark]);
            again.WaitForExit();
            return again.ExitCode;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
