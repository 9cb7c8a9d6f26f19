namespace Credence.Cli.Tests.Support;

/// <summary>A text that a person approved: a change to it is seen in review. Set CREDENCE_APPROVE=1 to write it anew.</summary>
internal static class Approved
{
    public static void Check(string actual, string file)
    {
        if (Environment.GetEnvironmentVariable("CREDENCE_APPROVE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, actual);
        }

        Assert.Equal(File.ReadAllText(file), actual);
    }
}
