using System.Reflection;
using System.Text;
using Credence.Cli.Output;

namespace Credence.Cli.Commands;

/// <summary>What <c>credence --version</c> prints, without the command tree, which takes most of its time to make.</summary>
internal static class VersionLine
{
    /// <summary>Writes the version to standard output; false where it can't be written, so that the command says why.</summary>
    public static bool TryWrite()
    {
        string version = typeof(VersionLine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        try
        {
            using Stream output = StandardStreams.Output();
            output.Write(Encoding.UTF8.GetBytes(version + Environment.NewLine));
            output.Flush();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
