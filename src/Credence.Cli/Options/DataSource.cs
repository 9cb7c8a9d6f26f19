using Credence.Data.Columns;
using Credence.Files;
using Credence.Files.Inputs;
using Credence.Files.Records;

namespace Credence.Cli.Options;

/// <summary>Opens data as the command line names it. What the readers refuse of the options is a wrong call.</summary>
internal static class DataSource
{
    /// <summary>Opens files, a folder, or standard input.</summary>
    /// <exception cref="UsageException">An option can't be as it is, or names a column that is not there.</exception>
    public static IRowSource Open(Invocation invocation, string[] paths, ReadOptions options, IReadOnlyList<ColumnSchema>? known = null)
    {
        try
        {
            return DataFiles.Open(paths, options, known, Console.OpenStandardInput(), invocation.Cancellation);
        }
        catch (ArgumentException error)
        {
            throw new UsageException(error.Message);
        }
    }
}
