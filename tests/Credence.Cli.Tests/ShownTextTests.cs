using Credence.Cli.Output;
using Credence.Cli.Tests.Support;

namespace Credence.Cli.Tests;

public sealed class ShownTextTests
{
    [Theory]
    [InlineData("plain naïve 名前 👩‍👩‍👧", "plain naïve 名前 👩‍👩‍👧")]
    [InlineData("\u001b[31mred\u0007", @"\x1b[31mred\x07")]
    [InlineData("\u009b2J", @"\x9b2J")]
    [InlineData("a\r\n\tb", @"a\r\n\tb")]
    [InlineData("safe\u202egnp.exe", @"safe\u202egnp.exe")]
    [InlineData("\u2066a\u2069\u200f\u061c\u2028", @"\u2066a\u2069\u200f\u061c\u2028")]
    public void Of_WritesWhatMovesTheScreenAsItsCode(string text, string shown) => Assert.Equal(shown, ShownText.Of(text));

    [Fact]
    public void LabelsColumnsAndFileNames_AreShownEscaped_AndWrittenExactly()
    {
        string folder = Directory.CreateTempSubdirectory("credence-").FullName;
        try
        {
            const string Evil = "\u001b[2Jant\u202e", Shown = @"\x1b[2Jant\u202e", File = "da\u001bta.csv";
            string rows = Workshop.Rows(120).Replace("ant", Evil, StringComparison.Ordinal)
                .Replace("colour", "col\u001bour", StringComparison.Ordinal);
            System.IO.File.WriteAllText(Path.Combine(folder, File), rows);
            CommandResult train = CommandLine.RunIn(folder, "", "train", File, "--label", "kind", "--out", "m");
            CommandResult inspect = CommandLine.RunIn(folder, "", "inspect", "m");
            CommandResult csv = CommandLine.RunIn(folder, "", "predict", "m", File, "-q");
            CommandResult refused = CommandLine.RunIn(folder, "", "train", File, "--label", "k\u001bind");

            Assert.Contains(@"da\x1bta.csv", train.Error, StringComparison.Ordinal);
            Assert.Contains(Shown, inspect.Output, StringComparison.Ordinal);
            Assert.Contains(@"col\x1bour", inspect.Output, StringComparison.Ordinal);
            Assert.Contains($",{Evil},", csv.Output, StringComparison.Ordinal);
            Assert.All(
                new[] { train.Output, train.Error, inspect.Output, inspect.Error, refused.Error },
                text => Assert.DoesNotContain('\u001b', text));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
