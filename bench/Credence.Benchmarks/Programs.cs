using System.Diagnostics;
using System.Text;

namespace Credence.Benchmarks;

/// <summary>Runs the peers that are programs of their own.</summary>
internal static class Programs
{
    /// <summary>What a program printed, or null where it is absent or failed.</summary>
    public static string? Say(string program, params string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo(program)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardOutputEncoding = Encoding.UTF8
            };
            foreach (string argument in arguments)
                start.ArgumentList.Add(argument);
            using Process process = Process.Start(start)!;
            Task<string> error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode == 0)
                return output;

            Console.Error.WriteLine($"{program}: {error.Result}");
            return null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
