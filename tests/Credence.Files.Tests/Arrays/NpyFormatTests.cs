using Credence.Files.Tests.Support;

namespace Credence.Files.Tests.Arrays;

/// <summary>Arrays as NumPy writes them: tools/golden/arrays.py.</summary>
public class NpyFormatTests
{
    public static TheoryData<string> Files =>
    [
        .. Directory.GetFiles(Repository.Golden("arrays"), "*.npy")
            .Select(file => Path.GetFileNameWithoutExtension(file)!)
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public void EveryElement_IsReadAsItWasWritten(string name) =>
        KnownArrays.Check(name, Assert.Single(Golden.Arrays($"arrays/{name}.npy")));

    [Fact]
    public void EveryTypeThatIsRead_HasAFile() => Assert.Equal(29, Files.Count);
}
