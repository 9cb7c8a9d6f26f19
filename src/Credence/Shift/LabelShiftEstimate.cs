using Credence.Conformal;
using Credence.Data.Scores;
using Credence.Numerics;

namespace Credence.Shift;

/// <summary>The estimated class prior of unlabelled rows, and the weights that follow from it.</summary>
public sealed class LabelShiftEstimate
{
    private readonly LabelShift source;
    private readonly double[] prior;
    private readonly double[] weights;

    internal LabelShiftEstimate(
        LabelShift source, int rows, double[] prior, double[] deviations, double pValue, int iterations, bool converged)
    {
        this.source = source;
        this.prior = prior;
        Rows = rows;
        PValue = pValue;
        Iterations = iterations;
        Converged = converged;
        StandardDeviations = deviations;
        Intervals = [.. prior.Select((share, k) => Interval(share, deviations[k]))];
        weights = [.. prior.Select((share, k) => source.SourcePrior[k] > 0 ? share / source.SourcePrior[k] : 0)];
    }

    /// <summary>The unlabelled rows.</summary>
    public int Rows { get; }

    /// <summary>The estimated share of each class.</summary>
    public IReadOnlyList<double> Prior => prior;

    /// <summary>The standard deviation of each share, from the sampling of the unlabelled rows; NaN where it can't be estimated.</summary>
    public IReadOnlyList<double> StandardDeviations { get; }

    /// <summary>A 95 % interval for each share, on the log-odds scale so that it stays within 0 and 1. It accounts for the sampling of
    /// the unlabelled rows, not for miscalibration.</summary>
    public IReadOnlyList<(double Low, double High)> Intervals { get; }

    /// <summary>p-value of the test that there is no shift: chi-squared on how often each class is predicted, source against target. It
    /// needs no calibration. A small value can also come from another kind of shift.</summary>
    public double PValue { get; }

    /// <summary>Whether the test finds a shift, at 1 %.</summary>
    public bool IsShifted => !(PValue > 0.01);

    /// <summary>Passes over the rows; 0 for a method without any.</summary>
    public int Iterations { get; }

    /// <summary>Whether the search converged within its tolerance.</summary>
    public bool Converged { get; }

    /// <summary>q/π: the weight of each class, for <see cref="Reweight(ReadOnlySpan{double}, Span{double})"/>.</summary>
    public IReadOnlyList<double> Weights => weights;

    /// <summary>q over the share of each class among the source rows' labels: the weights of true classes that
    /// <see cref="ConformalClassifier.ForClassWeights"/> takes.</summary>
    public double[] ConformalWeights() =>
        [.. prior.Select((share, k) => source.SourceLabelShares[k] > 0 ? share / source.SourceLabelShares[k] : 0)];

    /// <summary>The finding, in words.</summary>
    public string Verdict
    {
        get
        {
            if (Rows == 0)
                return "The class priors are as given.";

            if (!IsShifted)
                return $"No shift of the class priors detected on {Rows:N0} rows (p = {PValue:0.###}).";

            int most = 0;
            for (int k = 1; k < prior.Length; k++)
            {
                if (Math.Abs(prior[k] - source.SourcePrior[k]) > Math.Abs(prior[most] - source.SourcePrior[most]))
                    most = k;
            }

            string p = PValue < 0.0001 ? "p < 0.0001" : $"p = {PValue:0.####}";
            return $"The class priors have shifted ({p}), most that of '{source.ClassNames[most]}': "
                + $"from {source.SourcePrior[most]:0.#%} to {prior[most]:0.#%} "
                + $"({Intervals[most].Low:0.#%} to {Intervals[most].High:0.#%}).";
        }
    }

    /// <summary>A row's probabilities under the estimated prior: p_k·q_k/π_k, scaled to sum to one.</summary>
    /// <param name="probabilities">K calibrated probabilities.</param>
    /// <param name="result">K probabilities, written; may be the same memory.</param>
    /// <exception cref="ArgumentException">A length is not K, or the prior leaves no class possible.</exception>
    public void Reweight(ReadOnlySpan<double> probabilities, Span<double> result)
    {
        if (probabilities.Length != weights.Length || result.Length != weights.Length)
            throw new ArgumentException(
                $"The rows have length {probabilities.Length} and {result.Length}; they need length {weights.Length}.",
                nameof(probabilities));

        double sum = 0;
        for (int k = 0; k < weights.Length; k++)
            sum += result[k] = probabilities[k] * weights[k];

        if (!(sum > 0))
            throw new ArgumentException("Every class with positive probability has share 0 under the prior.", nameof(probabilities));

        for (int k = 0; k < weights.Length; k++)
            result[k] /= sum;
    }

    /// <summary>All rows' probabilities under the estimated prior.</summary>
    public Probabilities Reweight(Probabilities probabilities)
    {
        var result = new double[probabilities.Rows * probabilities.Classes];
        for (int row = 0; row < probabilities.Rows; row++)
            Reweight(probabilities.Row(row), result.AsSpan(row * probabilities.Classes, probabilities.Classes));

        return new Probabilities(result, probabilities.Classes);
    }

    private static (double Low, double High) Interval(double share, double deviation)
    {
        if (double.IsNaN(deviation))
            return (0, 1);

        if (share <= 0 || share >= 1)
            return (Math.Max(0, share - (1.959963984540054 * deviation)), Math.Min(1, share + (1.959963984540054 * deviation)));

        double logit = Log.Compute(share / (1 - share));
        double half = 1.959963984540054 * deviation / (share * (1 - share));
        return (Sigmoid.Compute(logit - half), Sigmoid.Compute(logit + half));
    }
}
