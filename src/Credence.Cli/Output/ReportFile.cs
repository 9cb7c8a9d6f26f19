using System.Reflection;
using Credence.Persistence;
using Credence.Report;
using Credence.Report.Page;
using Credence.Report.Sections;

namespace Credence.Cli.Output;

/// <summary>Writes a report with the command that reproduces it.</summary>
internal static class ReportFile
{
    /// <summary>The version of Credence.</summary>
    public static string Version { get; } =
        typeof(ReportFile).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>Writes the page atomically, as <see cref="Prepare"/> does.</summary>
    public static void Write(ReportModel model, string path, StageProgress progress, CancellationToken cancellationToken)
    {
        using PendingFile page = Prepare(model, path, progress, cancellationToken);
        page.Publish();
    }

    /// <summary>Writes the page, to be published later, as a stage, with the command's option names in its notes.</summary>
    public static PendingFile Prepare(ReportModel model, string path, StageProgress progress, CancellationToken cancellationToken)
    {
        ReportModel said = model with { Data = model.Data is { } data ? data with { Notes = OptionNames.InCommand(data.Notes) } : null };
        PendingFile? page = null;
        progress.Run("report", () => page = HtmlReport.Prepare(said, path, cancellationToken));
        return page!;
    }

    /// <summary>How to reproduce it.</summary>
    /// <param name="seed">The seed of all chance.</param>
    /// <param name="fingerprint">The data's.</param>
    /// <param name="command">The equivalent command, where it is not the one typed.</param>
    public static Reproduction Reproduction(ulong seed, string fingerprint, string? command = null) =>
        new(command ?? CommandLine(), seed, fingerprint, Version);

    private static string CommandLine() =>
        "credence " + string.Join(' ', Environment.GetCommandLineArgs().Skip(1).Select(Quoted));

    private static string Quoted(string argument) =>
        argument.Length > 0
            && argument.All(letter => char.IsLetterOrDigit(letter) || "-_./=,:+%^".Contains(letter, StringComparison.Ordinal))
            ? argument
            : $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
