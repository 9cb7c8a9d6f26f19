using Credence.Models.Files;

namespace Credence.Cli.Tests;

/// <summary>Model files that the version before wrote still load, give the same predictions to the last digit, and would be written again
/// as the same bytes. The files and what that version predicted stand in tests/golden/models.</summary>
public sealed class PredictCommandOldModelsTests
{
    [Theory]
    [InlineData("classifier", "new.csv")]
    [InlineData("several", "new.csv")]
    [InlineData("calibrator", "newscores.csv")]
    public void Predictions_AreThoseOfTheVersionThatWroteTheFile(string model, string rows)
    {
        CommandResult result = CommandLine.RunIn(
            Repository.Golden("models"), "", "predict", model + ".credence", rows, "--top", "3", "--json", "--quiet");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(File.ReadAllLines(Repository.Golden("models", model + ".jsonl")), result.Output.TrimEnd('\n').Split('\n'));
    }

    [Theory]
    [InlineData("classifier")]
    [InlineData("several")]
    [InlineData("calibrator")]
    public void File_WrittenAgain_HasTheSameBytes(string model)
    {
        byte[] bytes = File.ReadAllBytes(Repository.Golden("models", model + ".credence"));

        Assert.Equal(bytes, ModelFile.ToBytes(ModelFile.FromBytes(bytes)));
    }
}
