using Credence.Calibration.Scaling;

namespace Credence.Calibration.Selection;

/// <summary>The selected one of the cross-validated methods, with a remark on each.</summary>
internal sealed record SelectionOutcome(int Chosen, string Reason, IReadOnlyList<CalibratorCandidate> Candidates)
{
    // A gain over the temperature smaller than this many standard errors counts as chance.
    private const double ClearGain = 1.5;

    // A single answer that changes is one standard error but for 1/n: it must not count as more.
    private const double OneError = 1.01;

    /// <summary>Selects the simplest method within the tolerance of the lowest loss, among those whose gain over the temperature is
    /// significant.</summary>
    /// <param name="methods">Simplest first.</param>
    /// <param name="held">The losses of each method.</param>
    /// <param name="weights">One weight per row, or none.</param>
    /// <param name="tolerance">The allowed excess of a simpler method over the lowest loss.</param>
    /// <param name="clusters">The cluster of each row, or none.</param>
    /// <param name="simpler">The method that the last one adds to, or −1.</param>
    public static SelectionOutcome Choose(
        CalibrationMethod[] methods, IReadOnlyList<HeldOutLosses> held, ReadOnlySpan<double> weights, double tolerance,
        ReadOnlySpan<int> clusters = default, int simpler = -1)
    {
        double[][] losses = [.. held.Select(loss => loss.LogLoss)];
        var means = new double[methods.Length];
        for (int m = 0; m < means.Length; m++)
            means[m] = Mean(losses[m], [], weights).Mean;

        int reference = Array.FindIndex(methods, method => method.Name == TemperatureScaling.Name);
        var doubt = new double[methods.Length];
        for (int m = reference + 1; m < means.Length && reference >= 0; m++)
        {
            (double overTemperature, double chance) = Mean(losses[reference], losses[m], weights, clusters);

            // The temperature of the probabilities has one parameter too: it is no more flexible.
            doubt[m] = overTemperature < ClearGain * chance && methods[m].Name != ProbabilityScaling.Plain ? ClearGain * chance : 0;
        }

        int uncalibrated = Array.FindIndex(methods, method => method.Name == IdentityCalibrator.Name);
        var refusals = new string?[methods.Length];
        for (int m = 0; m < means.Length; m++)
        {
            if (uncalibrated >= 0 && m != uncalibrated)
                refusals[m] = Refusal(held[uncalibrated], held[m], weights, clusters, "no calibration");

            if (m == means.Length - 1 && simpler >= 0 && simpler != uncalibrated)
                refusals[m] ??= Refusal(held[simpler], held[m], weights, clusters, $"'{methods[simpler].Name}'");
        }

        // Where no method has a finite loss the first is selected, and its remark says so.
        int[] clear = [.. Enumerable.Range(0, means.Length).Where(m => doubt[m] == 0 && refusals[m] is null)];
        if (clear.Length == 0)
            clear = [0];

        int best = clear.MinBy(m => means[m]);
        int chosen = clear.First(m => means[m] <= means[best] + tolerance);
        var candidates = new CalibratorCandidate[methods.Length];
        for (int m = 0; m < means.Length; m++)
        {
            (double mean, double error) = Mean(losses[m], [], weights);
            (double gain, double gainError) = uncalibrated < 0 ? (double.NaN, double.NaN)
                : Mean(losses[uncalibrated], losses[m], weights, clusters);
            candidates[m] = new CalibratorCandidate(methods[m].Name, mean, error, gain, gainError,
                Remark(m, chosen, best, means, losses[m], doubt[m], refusals[m], tolerance));
        }

        string reason = chosen == best
            ? $"'{methods[chosen].Name}' has the lowest cross-validated log loss, {means[chosen]:0.0000}"
            : $"'{methods[chosen].Name}' is within {tolerance:0.####} of the lowest cross-validated log loss "
                + $"and simpler than '{methods[best].Name}'";
        return new SelectionOutcome(chosen, reason, candidates);
    }

    private static string Remark(int m, int chosen, int best, double[] means, double[] losses, double doubt, string? refusal,
        double tolerance)
    {
        if (m == chosen)
            return m == best ? "selected: the lowest log loss" : $"selected: the simplest within {tolerance:0.####} of the lowest log loss";

        if (double.IsPositiveInfinity(means[m]))
            return $"gives probability 0 to the true class of {losses.Count(double.IsPositiveInfinity)} held-out rows";

        double excess = means[m] - means[chosen];
        if (excess <= 0 && refusal is not null)
            return refusal;

        if (excess <= 0 && doubt > 0)
            return $"better by {-excess:0.0000}, but its gain over the temperature may be chance (standard error "
                + $"{doubt / ClearGain:0.0000})";

        return excess <= 0 ? $"better by {-excess:0.0000} only, but less simple" : $"worse by {excess:0.0000}";
    }

    /// <summary>Why a method is not worth more than a simpler one, or null: the log loss must fall by more than one standard error, row
    /// by row on the same rows, and neither the Brier score nor the accuracy may worsen by one. Else a map that flattens the scores, or
    /// reverses their order, could be taken for its log loss alone.</summary>
    private static string? Refusal(
        HeldOutLosses simpler, HeldOutLosses method, ReadOnlySpan<double> weights, ReadOnlySpan<int> clusters, string name)
    {
        (double gain, double chance) = Mean(simpler.LogLoss, method.LogLoss, weights, clusters);
        // What the simpler one rules out has happened: its probabilities can't be used, whatever else they do well.
        if (double.IsPositiveInfinity(gain))
            return null;

        if (!(gain > chance))
            return $"its gain over {name} may be chance ({gain:0.0000}, standard error {chance:0.0000})";

        if (!simpler.IsWhole || !method.IsWhole)
            return null;

        (double brier, double brierError) = Mean(method.Brier, simpler.Brier, weights, clusters);
        if (brier > OneError * brierError)
            return $"its Brier score is worse than that of {name} by {brier:0.0000} (standard error {brierError:0.0000})";

        (double wrong, double wrongError) = Mean(method.Wrong, simpler.Wrong, weights, clusters);
        return wrong > OneError * wrongError
            ? $"its accuracy is lower than that of {name} by {wrong:0.0000} (standard error {wrongError:0.0000})"
            : null;
    }

    /// <summary>The weighted mean of a − b, or of a, and its standard error: of rows, or of clusters of rows that depend on each
    /// other.</summary>
    public static (double Mean, double Error) Mean(
        double[] a, double[] b, ReadOnlySpan<double> weights, ReadOnlySpan<int> clusters = default)
    {
        double total = 0, sum = 0, squares = 0;
        for (int row = 0; row < a.Length; row++)
        {
            double weight = weights.IsEmpty ? 1 : weights[row];
            if (weight == 0)
                continue;

            total += weight;
            sum += weight * (b.Length == 0 ? a[row] : Difference(a[row], b[row]));
        }

        double mean = sum / total;
        var together = new double[clusters.IsEmpty ? 0 : LargestOf(clusters) + 1];
        for (int row = 0; row < a.Length; row++)
        {
            double weight = weights.IsEmpty ? 1 : weights[row];
            double distance = weight == 0 ? 0 : weight * ((b.Length == 0 ? a[row] : Difference(a[row], b[row])) - mean);
            if (together.Length > 0)
                together[clusters[row]] += distance;
            else
                squares += distance * distance;
        }

        foreach (double distance in together)
            squares += distance * distance;

        return (mean, Math.Sqrt(squares) / total);
    }

    private static int LargestOf(ReadOnlySpan<int> clusters)
    {
        int largest = 0;
        foreach (int cluster in clusters)
            largest = Math.Max(largest, cluster);

        return largest;
    }

    /// <summary>a − b, and 0 where both are infinite.</summary>
    private static double Difference(double a, double b) => a == b ? 0 : a - b;
}
