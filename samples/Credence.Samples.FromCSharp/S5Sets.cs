using Credence.Calibration.Scaling;
using Credence.Conformal;
using Credence.Data;
using Credence.Data.Scores;

namespace Credence.Samples.FromCSharp;

internal static class S5Sets
{
    public static void Run()
    {
        #region sample
        // The calibrator and the sets learn from different flowers, so that the coverage is exact.
        Flower[] flowers = Flower.All();
        Flower[] first = [.. flowers.Where((_, i) => i % 2 == 0)], second = [.. flowers.Where((_, i) => i % 2 == 1)];
        TemperatureScaling temperature = TemperatureScaling.Fit(Logits.From(first.Select(Network.Logits)), Network.Truth(first));
        Probabilities probabilities = temperature.Apply(Logits.From(second.Select(Network.Logits)));
        ConformalClassifier sets = ConformalClassifier.Fit(probabilities, Network.Truth(second), new()
        {
            Alpha = 0.05,
            Guarantee = ConformalGuarantee.Exact,
            GuaranteeReason = "every other flower, held out of everything else",
        });

        ReadOnlySpan<double> one = temperature.Apply(Logits.From([Network.Logits(flowers[77])])).Row(0);
        Console.WriteLine($"with 95 % probability it is {string.Join(" or ", sets.Set(one).Select(k => Network.Classes[k]))}");
        #endregion
    }
}
