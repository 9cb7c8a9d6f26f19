using System.Text.Json.Nodes;
using Credence.Calibration.Scaling;
using Credence.Numerics;
using Credence.Persistence;

namespace Credence.Calibration.OneVsRest;

/// <summary>σ(c + a·ln p − b·ln(1 − p)), a, b ≥ 0. With a = b it is σ(a·f + c) of the log odds f.</summary>
internal sealed class LogisticMap : IScoreMap
{
    private const int MostSteps = 100, MostHalvings = 40;

    public LogisticMap(double a, double b, double c)
    {
        A = a;
        B = b;
        C = c;
    }

    public double A { get; }

    public double B { get; }

    public double C { get; }

    /// <inheritdoc/>
    public double Apply(OneVsRestScore score) => Sigmoid.Compute(At(score));

    /// <summary>The probability and its complement, each to full precision.</summary>
    public (double Yes, double No) Both(OneVsRestScore score)
    {
        double t = At(score);
        return (Sigmoid.Compute(t), Sigmoid.Compute(-t));
    }

    /// <inheritdoc/>
    public JsonObject Save(NamedTensors tensors, string prefix) => new() { ["a"] = A, ["b"] = B, ["c"] = C };

    public static IScoreMap Load(JsonObject saved, NamedTensors tensors, string prefix)
    {
        var map = new LogisticMap(saved.Number("a"), saved.Number("b"), saved.Number("c"));
        return map.A >= 0 && map.B >= 0 ? map
            : throw new InvalidDataException($"The calibrator's 'a' is {map.A} and 'b' {map.B}; both must be 0 or more.");
    }

    private double At(OneVsRestScore score) => C + (A == B ? A * score.LogOdds : (A * score.LogProbability) - (B * score.LogRest));

    /// <summary>The coefficients of least mean log loss for soft targets; features that would reverse the order are dropped.</summary>
    /// <param name="features">[n, d − 1]; the d-th coefficient is the constant.</param>
    /// <param name="targets">n numbers from 0 to 1.</param>
    /// <param name="weights">n weights.</param>
    /// <param name="columns">d − 1.</param>
    public static double[] Fit(double[] features, double[] targets, ReadOnlySpan<double> weights, int columns)
    {
        double[] rowWeights = weights.ToArray();
        var used = new bool[columns + 1];
        Array.Fill(used, true);
        double[] best = Minimize(features, targets, rowWeights, used);
        for (int round = 0; round < columns; round++)
        {
            int worst = Array.FindIndex(best, 0, columns, coefficient => coefficient < 0);
            if (worst < 0)
                break;

            used[worst] = false;
            best = Minimize(features, targets, rowWeights, used);
        }

        return best;
    }

    private static double[] Minimize(double[] features, double[] targets, double[] weights, bool[] used)
    {
        double total = weights.Sum(), rows = CalibrationTargets.EffectiveRows(weights.Length, weights), least = 1 / (rows + 2);
        double[] free = Newton(features, targets, weights, used, total, 0, least, out double loss);

        // Separable rows let the coefficients diverge: then normal priors with standard deviation 1 are added.
        return loss > least ? free : Newton(features, targets, weights, used, total, 1 / rows, double.NegativeInfinity, out _);
    }

    private static double[] Newton(
        double[] features, double[] targets, double[] weights, bool[] used, double total, double ridge, double enough, out double loss)
    {
        int d = used.Length, columns = d - 1;
        var point = new double[d];
        var centre = new double[d];
        for (int j = 0; j < columns; j++)
            point[j] = centre[j] = used[j] ? 1 : 0;

        var gradient = new double[d];
        var hessian = new double[d * d];
        loss = Loss(features, targets, weights, total, point, centre, ridge, gradient, hessian);
        for (int step = 0; step < MostSteps && loss > enough; step++)
        {
            double[] move = [.. gradient.Select(value => -value)];
            for (int j = 0; j < d; j++)
            {
                hessian[(j * d) + j] += 1e-12;
                if (used[j])
                    continue;

                move[j] = 0;
                for (int l = 0; l < d; l++)
                    hessian[(j * d) + l] = hessian[(l * d) + j] = l == j ? 1 : 0;
            }

            Cholesky? factor = Cholesky.TryFactor(hessian, d);
            if (factor is null)
                break;

            factor.Solve(move);
            double slope = DoubleVectors.Dot(gradient, move);
            if (!(-slope > 1e-14))
                break;

            double length = 1;
            bool fell = false;
            for (int halving = 0; halving < MostHalvings && !fell; halving++, length /= 2)
            {
                double[] trial = [.. point.Zip(move, (value, change) => value + (length * change))];
                double next = Loss(features, targets, weights, total, trial, centre, ridge, gradient, hessian);
                fell = next <= loss + (1e-4 * length * slope);
                if (fell)
                    (point, loss) = (trial, next);
            }

            if (!fell)
                break;
        }

        return point;
    }

    private static double Loss(
        double[] features, double[] targets, double[] weights, double total, double[] at, double[] centre, double ridge, double[] gradient,
            double[] hessian)
    {
        int d = at.Length, columns = d - 1;
        Array.Clear(gradient);
        Array.Clear(hessian);
        Span<double> row = stackalloc double[d];
        row[columns] = 1;
        double loss = 0;
        for (int i = 0; i < targets.Length; i++)
        {
            if (weights[i] == 0)
                continue;

            double t = at[columns];
            for (int j = 0; j < columns; j++)
            {
                row[j] = features[(i * columns) + j];
                t += at[j] * row[j];
            }

            double weight = weights[i] / total, p = Sigmoid.Compute(t);
            loss -= weight * ((targets[i] * LogSigmoid.Compute(t)) + ((1 - targets[i]) * LogSigmoid.Compute(-t)));
            for (int j = 0; j < d; j++)
            {
                gradient[j] += weight * (p - targets[i]) * row[j];
                for (int l = 0; l < d; l++)
                    hessian[(j * d) + l] += weight * p * (1 - p) * row[j] * row[l];
            }
        }

        for (int j = 0; j < d; j++)
        {
            loss += 0.5 * ridge * (at[j] - centre[j]) * (at[j] - centre[j]);
            gradient[j] += ridge * (at[j] - centre[j]);
            hessian[(j * d) + j] += ridge;
        }

        return loss;
    }
}
