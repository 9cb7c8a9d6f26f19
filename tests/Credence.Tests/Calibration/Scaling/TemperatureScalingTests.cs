using Credence.Calibration.Scaling;
using Credence.Data.Scores;
using Credence.Tests.Support;

namespace Credence.Tests.Calibration.Scaling;

public sealed class TemperatureScalingTests
{
    /// <summary>Computed twice independently with NumPy and SciPy, in double.</summary>
    [Theory]
    [InlineData("densenet-bc-100-cifar-100", 2.117609, 2.120899)]
    [InlineData("lenet-5-cifar-10", 1.396779, 1.373584)]
    [InlineData("lenet-5-cifar-100", 1.118157, 1.107069)]
    [InlineData("wideresnet-16-4-cifar-10", 2.052549, 2.059224)]
    [InlineData("wideresnet-16-4-cifar-100", 1.111146, 1.109903)]
    [InlineData("cifar_probs", 1.686309, 1.735878)]
    public void Fit_GivesTheGoldenTemperature(string name, double all, double firstHalf)
    {
        NpzScores scores = NpzScores.Load(name);
        Logits logits = Logits.FromProbabilities(scores.Probabilities);
        Assert.Equal(all, TemperatureScaling.Fit(logits, scores.Labels).Temperature, 5e-7);

        int[] half = [.. Enumerable.Range(0, 5000)];
        Assert.Equal(firstHalf, TemperatureScaling.Fit(logits.Select(half), scores.Labels.Select(half)).Temperature, 5e-7);
    }
}
