using System.Text.Json.Nodes;
using Credence.Data.Scores;
using Credence.Features.Matrices;
using Credence.Linear.Solvers;
using Credence.Optimization;
using Credence.Persistence;

namespace Credence.Linear;

/// <summary>The numbers of a fitted model z = Wᵀx + b, whatever the scores mean.</summary>
internal sealed class LinearModel : ILinearModel
{
    private readonly float[] weights;
    private readonly double[] bias;

    /// <summary>Makes a model of given numbers.</summary>
    /// <param name="weights">[features, classes], row-major, finite; owned from now on.</param>
    /// <param name="bias">[classes], finite; owned from now on.</param>
    /// <param name="certificate">What is known of the fit.</param>
    /// <param name="fewest">The fewest classes there can be.</param>
    /// <exception cref="ArgumentException">Lengths don't fit, or a number is not finite.</exception>
    public LinearModel(float[] weights, double[] bias, Certificate certificate, int fewest)
    {
        if (bias.Length < fewest || weights.Length % bias.Length != 0)
        {
            throw new ArgumentException(
                $"{weights.Length} weights are no whole number of features of {bias.Length} classes, of which {fewest} are the fewest.", nameof(weights));
        }

        if (weights.Any(value => !float.IsFinite(value)) || bias.Any(value => !double.IsFinite(value)))
            throw new ArgumentException("All weights and biases must be finite numbers.", nameof(weights));

        this.weights = weights;
        this.bias = bias;
        Certificate = certificate;
    }

    public int Features => weights.Length / Classes;

    public int Classes => bias.Length;

    public ReadOnlySpan<float> Weights => weights;

    public ReadOnlySpan<double> Bias => bias;

    public Certificate Certificate { get; }

    public Logits Score(IFeatureMatrix features, int maxThreads = 0, CancellationToken cancellation = default) =>
        new(LinearScores.Compute(features, weights, bias, maxThreads, cancellation), Classes);

    /// <summary>The same weights with another bias.</summary>
    public LinearModel With(double[] other) => new(weights, other, Certificate, other.Length);

    /// <summary>Writes the weights as tensors under a prefix.</summary>
    /// <returns>The model's description.</returns>
    public JsonObject Save(NamedTensors tensors, string prefix, string kind)
    {
        tensors.Add<float>(prefix + "weights", weights, Features, Classes);
        tensors.Add<double>(prefix + "bias", bias);
        return new JsonObject { ["kind"] = kind, ["features"] = Features, ["classes"] = Classes, ["certificate"] = Certificate.Save() };
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Something is missing or of the wrong kind.</exception>
    public static LinearModel Load(JsonObject saved, NamedTensors tensors, string prefix, string kind, int fewest)
    {
        if (saved.Text("kind") != kind)
            throw new InvalidDataException($"The model is of kind '{saved.Text("kind")}', not '{kind}'.");

        int features = saved.Integer("features"), classes = saved.Integer("classes", fewest);
        float[] weights = tensors.Get<float>(prefix + "weights", (long)features * classes);
        double[] bias = tensors.Get<double>(prefix + "bias", classes);
        if (weights.Any(value => !float.IsFinite(value)) || bias.Any(value => !double.IsFinite(value)))
            throw new InvalidDataException("The model has weights that are not finite numbers.");

        return new LinearModel(weights, bias, Certificate.Load(saved.Object("certificate")), fewest);
    }

    /// <summary>The model at a solver's point: weights rounded to floats, and centred over classes where a shift of all scores changes nothing, the bias exact, and the
    /// certificate of just these. A loss below <paramref name="separated"/> has no finite optimum.</summary>
    public static LinearModel From(
        LinearProblem<double> problem, ScoreColumns columns, int classes, double[] solved, double[] bias, StopReason reason, int iterations, int passes,
        (string Name, string Reason) solver, double separated)
    {
        int stride = problem.Stride, features = problem.Columns;
        bool centred = problem.IsShiftInvariant || columns.Difference;
        var weights = new float[checked(features * classes)];
        var rounded = new double[solved.Length];
        var row = new double[classes];
        for (int j = 0; j < features; j++)
        {
            columns.Unpack<double>(solved.AsSpan(j * stride, stride), row);
            if (centred && problem.Penalty.L1 == 0)
                Centre(row);
            for (int k = 0; k < classes; k++)
                row[k] = weights[j * classes + k] = (float)row[k];
            columns.Pack(row, rounded.AsSpan(j * stride));
        }

        var scores = new double[problem.ScoresLength];
        problem.Multiply(rounded, scores);
        var point = new LineSearchState<double>(problem, scores, bias);
        point.SolveBias(1e-15, 100);
        var best = new double[classes];
        columns.Unpack<double>(point.Bias, best);
        if (centred)
            Centre(best);
        var gradient = new double[problem.WeightsLength];
        problem.MultiplyTransposed(point.Residuals, gradient);
        Penalty penalty = problem.Penalty;
        double square = columns.GradientSquares * penalty.SubgradientSquare(rounded, gradient);
        double l2 = penalty.L2 * columns.GradientSquares, objective = point.Loss + penalty.Value(rounded);
        double? gap = penalty.IsNone ? null : DualityGap.Compute(problem, point, rounded, gradient, objective, 0);
        return new LinearModel(weights, best, new Certificate
        {
            Objective = objective,
            Loss = point.Loss,
            GradientNorm = Math.Sqrt(square),
            DualityGap = gap,
            LogitBoundFactor = l2 > 0 ? Math.Sqrt(2 * gap!.Value / l2) : null,
            Passes = passes + problem.Passes,
            Iterations = iterations,
            StopReason = penalty.IsNone && point.Loss < separated ? StopReason.Separable : reason,
            Solver = solver.Name,
            Reason = solver.Reason,
        }, 1);
    }

    /// <summary>A shift of all classes' scores alike changes no probability; the penalty is least where they add up to 0.</summary>
    private static void Centre(Span<double> row)
    {
        double mean = 0;
        foreach (double value in row)
            mean += value / row.Length;
        foreach (ref double value in row)
            value -= mean;
    }
}
