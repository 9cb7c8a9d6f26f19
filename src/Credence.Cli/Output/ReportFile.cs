using System.Reflection;
using Credence.Persistence;
using Credence.Report;

namespace Credence.Cli.Output;

/// <summary>Writes a report's page to a file, and knows what it takes to make it again.</summary>
internal static class ReportFile
{
    /// <summary>The version of Credence.</summary>
    public static string Version { get; } =
        typeof(ReportFile).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>Writes the page, whole or not at all.</summary>
    public static void Write(ReportModel model, string path, CancellationToken cancellation) => WholeFile.Write(path, stream =>
    {
        HtmlReport.WriteAsync(model, stream, cancellation).GetAwaiter().GetResult();
    });

    /// <summary>The command as it was given, quoted for a shell.</summary>
    public static string CommandLine() =>
        "credence " + string.Join(' ', Environment.GetCommandLineArgs().Skip(1).Select(Quoted));

    private static string Quoted(string argument) =>
        argument.Length > 0 && argument.All(letter => char.IsLetterOrDigit(letter) || "-_./=,:+%^".Contains(letter, StringComparison.Ordinal))
            ? argument
            : $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
