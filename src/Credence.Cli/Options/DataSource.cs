using Credence.Files.Inputs;
using Credence.Workflows;

namespace Credence.Cli.Options;

/// <summary>The data named on the command line.</summary>
internal static class DataSource
{
    /// <summary>Files, a folder, or standard input, to be read by the given options.</summary>
    public static DataInput Of(string[] paths, ReadOptions options) => new(paths)
    {
        Reading = options,
        StandardInput = Console.OpenStandardInput,
    };
}
