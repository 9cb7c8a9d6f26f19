using System.Text.Json;
using Credence.Cli.Tests.Support;

namespace Credence.Cli.Tests;

public class ExplainCommandTests
{
    [Fact]
    public void Json_HasEveryStepOfTheSoftmax()
    {
        CommandResult result = CommandLine.Run("explain", "--logits", "2,1,0.1", "--json");

        Assert.Equal(0, result.ExitCode);
        JsonElement steps = JsonDocument.Parse(result.Output).RootElement.GetProperty("steps");
        Assert.Equal([0, -1, -1.9], Numbers(steps, "shifted"));
        Assert.Equal(0.36787944117144233, Numbers(steps, "exponentials")[1], 15);
        Assert.Equal(1.5174480603940774, steps.GetProperty("sum").GetDouble(), 12);
        Assert.Equal(0.65900114, Numbers(steps, "probabilities")[0], 8);
    }

    [Fact]
    public void Text_NeverShowsACertaintyThatIsNotOne()
    {
        CommandResult result = CommandLine.Run("explain", "--logits", "90,2,-2", "--names", "cat,dog,bird");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains(">99.9 %", result.Output, StringComparison.Ordinal);
        Assert.Contains("<0.1 %", result.Output, StringComparison.Ordinal);
        Assert.Contains("bird", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2,x,1", "'x', the 2nd score")]
    [InlineData("2,NaN,1", "the 2nd score")]
    [InlineData("-inf,-inf", "only −∞")]
    public void Scores_ThatAreNone_AreAWrongCall(string logits, string said)
    {
        CommandResult result = CommandLine.Run("explain", $"--logits={logits}");

        Assert.Equal(2, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.Contains(said, result.Error, StringComparison.Ordinal);
    }

    private static double[] Numbers(JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray().Select(number => number.GetDouble())];
}
