using System.Reflection;
using Credence.Cli.Tests.Support;
using PublicApiGenerator;

namespace Credence.Cli.Tests.House;

/// <summary>The public surface of each library is an approved text, with the names, defaults and nullability of parameters: a change to it
/// is seen in review, not by a user. Set CREDENCE_APPROVE=1 to write the files anew.</summary>
public class PublicApiTests
{
    [Theory]
    [InlineData("Credence.Numerics")]
    [InlineData("Credence")]
    [InlineData("Credence.Files")]
    [InlineData("Credence.Workflows")]
    [InlineData("Credence.Onnx")]
    [InlineData("Credence.Report")]
    public void Surface_IsTheApprovedOne(string assembly)
    {
        string surface = Assembly.Load(assembly).GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false });
        Approved.Check(
            surface.ReplaceLineEndings("\n")
                + "\n", Repository.Path("tests", "Credence.Cli.Tests", "House", "approved", assembly + ".txt"));
    }
}
