using System.Reflection;
using System.Text;

namespace Credence.Cli.Tests.House;

/// <summary>The public surface of each library is an approved text file: a change to it is seen in review, not by a user.
/// Set CREDENCE_APPROVE=1 to write the files anew.</summary>
public class PublicApiTests
{
    [Theory]
    [InlineData("Credence.Numerics")]
    [InlineData("Credence")]
    [InlineData("Credence.Files")]
    [InlineData("Credence.Workflows")]
    [InlineData("Credence.Report")]
    public void Surface_IsTheApprovedOne(string assembly)
    {
        string actual = Surface(Assembly.Load(assembly));
        string file = Repository.Path("tests", "Credence.Cli.Tests", "House", "approved", assembly + ".txt");
        if (Environment.GetEnvironmentVariable("CREDENCE_APPROVE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, actual);
        }

        Assert.Equal(File.ReadAllText(file), actual);
    }

    private static string Surface(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (Type type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(type.FullName).Append('\n');
            const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
            IEnumerable<string> members = type.GetMembers(Declared)
                .Where(member => member is not MethodBase { IsSpecialName: true, IsConstructor: false } and not Type)
                .Where(member => !member.Name.Contains('<', StringComparison.Ordinal))
                .Select(member => member.ToString()!)
                .Order(StringComparer.Ordinal);
            foreach (string member in members)
                text.Append("  ").Append(member).Append('\n');
        }

        return text.ToString();
    }
}
