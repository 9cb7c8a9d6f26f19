using System.Globalization;
using Credence.Persistence;

namespace Credence.Cli.Output;

/// <summary>The streams that the process was started with. One that was closed (<c>2&gt;&amp;-</c>) takes what is written and forgets it:
/// its number may belong to a file of the runtime by now.</summary>
internal static class StandardStreams
{
    /// <summary>Standard error. On Unix the console's own stream waits for whoever is writing to standard output.</summary>
    public static Stream Error() => !IsOpen(2) ? Stream.Null
        : OperatingSystem.IsWindows() ? Opened(Console.OpenStandardError) : new DescriptorStream(2, "standard error");

    /// <summary>Standard output.</summary>
    public static Stream Output() => IsOpen(1) ? Opened(Console.OpenStandardOutput) : Stream.Null;

    private static Stream Opened(Func<Stream> open)
    {
        try
        {
            return open();
        }
        catch (IOException)
        {
            return Stream.Null;
        }
    }

    // What was inherited is open across exec; what the runtime opened since then, and got the free number for, is closed by it.
    private static bool IsOpen(int number)
    {
        string about = string.Create(CultureInfo.InvariantCulture, $"/proc/self/fdinfo/{number}");
        if (!OperatingSystem.IsLinux() || !Directory.Exists("/proc/self/fdinfo"))
            return true;

        const int ClosedByExec = 0x80000;
        return File.Exists(about)
            && File.ReadLines(about).FirstOrDefault(line => line.StartsWith("flags:", StringComparison.Ordinal)) is { } flags
            && (Convert.ToInt32(flags[6..].Trim(), 8) & ClosedByExec) == 0;
    }
}
