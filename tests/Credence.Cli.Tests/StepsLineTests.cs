using Credence.Cli.Tests.Support;

namespace Credence.Cli.Tests;

/// <summary>The short way of <c>explain --logits</c> answers as the whole command does, which any other option takes.</summary>
public class StepsLineTests
{
    [Theory]
    [InlineData("--logits", "2,1,0.1")]
    [InlineData("--logits", "-2,-inf,0.1", "--names", "a,b b,c")]
    [InlineData("--logits", "1000,0", "--temperature", "0.5")]
    [InlineData("--logits", "2,1", "--json")]
    [InlineData("--logits", "2,1", "--json", "--names", "é,ß", "--temperature", "2")]
    public void TheShortWay_PrintsWhatTheCommandDoes(params string[] options)
    {
        CommandResult first = CommandLine.Run(["explain", .. options]), whole = CommandLine.Run(["explain", .. options, "--quiet"]);

        Assert.Equal(0, first.ExitCode);
        Assert.Equal(whole.Output, first.Output);
        Assert.Equal("", first.Error);
    }

    [Theory]
    [InlineData("is not a finite number", "--logits", "2,x")]
    [InlineData("only −∞", "--logits", "-inf,-inf")]
    [InlineData("2 names for 3 scores", "--logits", "2,1,0", "--names", "a,b")]
    [InlineData("it must be from 0.001 to 1000", "--logits", "2,1", "--temperature", "0")]
    [InlineData("Did you mean --names?", "--logits", "2,1", "--name", "a,b")]
    [InlineData("--logits", "--logits")]
    public void WhatIsWrong_IsSaidByTheCommand(string said, params string[] options)
    {
        CommandResult result = CommandLine.Run(["explain", .. options]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(said, result.Error, StringComparison.Ordinal);
        Assert.Equal("", result.Output);
    }
}
