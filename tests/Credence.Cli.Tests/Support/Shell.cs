using System.Diagnostics;

namespace Credence.Cli.Tests.Support;

/// <summary>Runs the command by a shell, where <c>$C</c> stands for it: for redirections, pipes and closed streams.</summary>
internal static class Shell
{
    public static CommandResult Run(string folder, string script)
    {
        var start = new ProcessStartInfo("bash", ["-c", script])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["C"] = $"dotnet exec {Path.Combine(AppContext.BaseDirectory, "Credence.Cli.dll")}";
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        return new CommandResult(process.ExitCode, output.Result, error.Result);
    }
}
