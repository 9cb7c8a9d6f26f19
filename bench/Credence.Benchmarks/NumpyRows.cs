using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Credence.Data;

namespace Credence.Benchmarks;

/// <summary>Rows that bench/peers/labelshift.py draws, where python3 has NumPy.</summary>
internal static class NumpyRows
{
    /// <summary>The rows of each shift, or null.</summary>
    public static int[][]? Draw(Labels labels, int shifts, int rows)
    {
        string truth = Path.GetTempFileName(), drawn = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(truth, MemoryMarshal.AsBytes(labels.Indices).ToArray());
            var start = new ProcessStartInfo("python3") { RedirectStandardError = true };
            foreach (string argument in (string[])[Path.Combine(Repository.Folder() ?? ".", "bench", "peers", "labelshift.py"), truth,
                drawn])
                start.ArgumentList.Add(argument);

            foreach (int number in (int[])[labels.Classes, shifts, rows])
                start.ArgumentList.Add(number.ToString(CultureInfo.InvariantCulture));

            using Process? process = Process.Start(start);
            process?.WaitForExit();
            int[] all = MemoryMarshal.Cast<byte, int>(File.ReadAllBytes(drawn)).ToArray();
            return process?.ExitCode == 0 && all.Length == shifts * rows ? [.. all.Chunk(rows)] : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
        finally
        {
            File.Delete(truth);
            File.Delete(drawn);
        }
    }
}
