using Credence.Fuzz;

namespace Credence.Files.Tests.Fuzz;

/// <summary>A short walk of the fuzzer through every reader, the same in each run. Longer ones: fuzz/Credence.Fuzz TARGET --seconds
/// 60.</summary>
public class FuzzTargetsTests
{
    public static TheoryData<string> Names => [.. FuzzTargets.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void AReaderReadsOrRefusesWhateverItIsGiven(string name)
    {
        using var fuzzer = new Fuzzer(FuzzTargets.Find(name)!, new FuzzOptions { Inputs = 150 });
        FuzzFinding? finding = fuzzer.Run();
        Assert.True(finding is null, $"{finding?.Problem} The input: {Convert.ToBase64String(finding?.Input ?? [])}");
        Assert.Equal(150, fuzzer.Tried);
        Assert.InRange(fuzzer.Accepted, 1, 149);
    }
}
