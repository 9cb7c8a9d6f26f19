using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Credence.Benchmarks;

/// <summary>Runs a script of bench/peers with python3 where that and SciPy are installed.</summary>
internal static class ScipyPeer
{
    /// <summary>The script's two numbers: seconds, and the loss it reached; null where it can't be run.</summary>
    /// <param name="script">Its name in bench/peers.</param>
    /// <param name="logits">[rows, classes].</param>
    /// <param name="labels">A class a row.</param>
    /// <param name="what">What to fit.</param>
    /// <param name="repeats">How often.</param>
    public static (double Seconds, double Loss)? Run(string script, double[] logits, int[] labels, string what, int repeats)
    {
        string? folder = Repository.Folder();
        string data = Path.GetTempFileName();
        try
        {
            using (FileStream stream = File.Create(data))
            {
                stream.Write(MemoryMarshal.AsBytes<double>(logits));
                stream.Write(MemoryMarshal.AsBytes<int>(labels));
            }

            var start = new ProcessStartInfo("python3") { RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (string argument in (string[])[Path.Combine(folder ?? ".", "bench", "peers", script), data, $"{labels.Length}",
                $"{logits.Length / labels.Length}", what, $"{repeats}"])
                start.ArgumentList.Add(argument);

            using Process? process = Process.Start(start);
            if (process is null)
                return null;

            string[] words = process.StandardOutput.ReadToEnd().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            process.WaitForExit();
            return process.ExitCode == 0 && words.Length == 2
                ? (double.Parse(words[0], CultureInfo.InvariantCulture), double.Parse(words[1], CultureInfo.InvariantCulture))
                : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
        finally
        {
            File.Delete(data);
        }
    }
}
