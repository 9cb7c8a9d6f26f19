using System.CommandLine;
using Credence.Cli.Commands;
using Credence.Cli.Options;

namespace Credence.Cli.Tests;

public sealed class NumberOptionTests
{
    private static readonly Type[] Numbers =
        [typeof(int), typeof(int?), typeof(long), typeof(long?), typeof(ulong), typeof(double), typeof(double?)];

    [Fact]
    public void WhatIsNoNumber_IsAUsageErrorOfEveryNumericOption()
    {
        RootCommand root = CredenceCommand.Root();
        int tried = 0;
        foreach (Command command in root.Subcommands)
        {
            foreach (Option option in command.Options.Concat(root.Options).Where(option => Numbers.Contains(option.ValueType)))
            {
                foreach (string text in new[] { "abc", "1,5", "5 %%", "" })
                {
                    string[] errors = [.. root.Parse([command.Name, option.Name, text]).Errors.Select(error => error.Message)];
                    Assert.Contains(errors, error => error.StartsWith($"{option.Name} '{text}' is not a ", StringComparison.Ordinal));
                    Assert.DoesNotContain(errors, error => error.Contains("System.", StringComparison.Ordinal));
                    tried++;
                }
            }
        }

        Assert.True(tried > 100, $"Only {tried} cases.");
    }

    [Theory]
    [InlineData("--test-size", "25%", 0.25)]
    [InlineData("--test-size", "0.25", 0.25)]
    [InlineData("--alpha", "10%", 0.1)]
    [InlineData("--max-risk", "2.5%", 0.025)]
    public void AShare_MayBeWrittenAsAPercentage(string name, string text, double share)
    {
        Command train = CredenceCommand.Root().Subcommands.Single(command => command.Name == "train");
        Option option = train.Options.Single(option => option.Name == name);

        ParseResult parsed = CredenceCommand.Root().Parse(["train", "a.csv", name, text]);

        Assert.Empty(parsed.Errors);
        Assert.Equal(share, option is Option<double> plain ? parsed.GetValue(plain) : parsed.GetValue((Option<double?>)option));
    }

    [Fact]
    public void AShareOutOfItsRange_AndAPercentageOfWhatIsNoShare_AreRefused()
    {
        RootCommand root = CredenceCommand.Root();

        Assert.NotEmpty(root.Parse(["train", "a.csv", "--test-size", "250%"]).Errors);
        Assert.Contains("is not a number", Assert.Single(root.Parse(["explain", "--logits", "1,2", "--temperature", "50%"]).Errors)
            .Message);
    }
}
