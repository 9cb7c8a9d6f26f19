using Credence.Data.Scores;
using Credence.Persistence;

namespace Credence.Models;

/// <summary>The quantiles of the model's confidence on held-out rows, which give, for any coverage, the lowest confidence
/// that is answered. At most 1,001 numbers for any number of rows.</summary>
public sealed class ConfidenceQuantiles
{
    private const int Most = 1001;
    private readonly double[] quantiles;

    private ConfidenceQuantiles(double[] quantiles) => this.quantiles = quantiles;

    /// <summary>Takes the quantiles of the largest probability of each row.</summary>
    /// <param name="heldOut">Calibrated probabilities of held-out rows, at least one.</param>
    public static ConfidenceQuantiles Compute(Probabilities heldOut)
    {
        ArgumentNullException.ThrowIfNull(heldOut);
        double[] confidences = Confidence.Compute(heldOut);
        Array.Sort(confidences);
        if (confidences.Length <= Most)
            return new ConfidenceQuantiles(confidences);

        var quantiles = new double[Most];
        for (int i = 0; i < Most; i++)
            quantiles[i] = confidences[(int)((long)i * (confidences.Length - 1) / (Most - 1))];

        return new ConfidenceQuantiles(quantiles);
    }

    /// <summary>The confidence threshold at which the given share of rows, the most confident ones, is answered.</summary>
    /// <param name="coverage">The share to answer, 0 to 1.</param>
    /// <exception cref="ArgumentException">The share is out of range.</exception>
    public double ThresholdFor(double coverage)
    {
        if (!(coverage >= 0 && coverage <= 1))
            throw new ArgumentException($"'{nameof(coverage)}' is {coverage}; it must be from 0 to 1.", nameof(coverage));

        int answered = (int)Math.Ceiling(coverage * quantiles.Length);
        return answered == quantiles.Length ? 0 : answered == 0 ? double.PositiveInfinity : quantiles[^answered];
    }

    /// <summary>Writes the quantiles as a tensor.</summary>
    public void Save(NamedTensors tensors, string prefix) => tensors.Add<double>(prefix + "confidences", quantiles);

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The values are not increasing probabilities.</exception>
    public static ConfidenceQuantiles Load(NamedTensors tensors, string prefix)
    {
        double[] quantiles = tensors.Get<double>(prefix + "confidences");
        for (int i = 0; i < quantiles.Length; i++)
        {
            if (!(quantiles[i] >= (i == 0 ? 0 : quantiles[i - 1]) && quantiles[i] <= 1))
                throw new InvalidDataException($"The confidences saved with the model must increase within 0 to 1; number {i} is "
                    + $"{quantiles[i]}.");
        }

        return quantiles.Length is > 0 and <= Most
            ? new ConfidenceQuantiles(quantiles)
            : throw new InvalidDataException($"The model has {quantiles.Length} saved confidences, needs 1 to {Most}.");
    }
}
