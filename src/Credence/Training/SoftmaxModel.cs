using System.Text.Json.Nodes;
using Credence.Data;
using Credence.Features;
using Credence.Training.Optimization;

namespace Credence.Training;

/// <summary>A fitted softmax regression: logits z = Wᵀx + b.</summary>
public sealed class SoftmaxModel
{
    private readonly float[] weights;
    private readonly double[] bias;

    /// <summary>Makes a model of given numbers.</summary>
    /// <param name="weights">[features, classes], row-major, finite; owned from now on.</param>
    /// <param name="bias">[classes], finite; owned from now on.</param>
    /// <param name="certificate">What is known of the fit.</param>
    /// <exception cref="ArgumentException">Lengths don't fit, or a number is not finite.</exception>
    public SoftmaxModel(float[] weights, double[] bias, Certificate certificate)
    {
        if (bias.Length < 2 || weights.Length % bias.Length != 0)
        {
            throw new ArgumentException(
                $"{weights.Length} weights are no whole number of features of {bias.Length} classes, of which two are the fewest.", nameof(weights));
        }

        if (weights.Any(value => !float.IsFinite(value)) || bias.Any(value => !double.IsFinite(value)))
            throw new ArgumentException("All weights and biases must be finite numbers.", nameof(weights));

        this.weights = weights;
        this.bias = bias;
        Certificate = certificate;
    }

    /// <summary>The number of features.</summary>
    public int Features => weights.Length / Classes;

    /// <summary>The number of classes.</summary>
    public int Classes => bias.Length;

    /// <summary>W, [features, classes], row-major: a feature's weights for all classes lie together.</summary>
    public ReadOnlySpan<float> Weights => weights;

    /// <summary>b, [classes].</summary>
    public ReadOnlySpan<double> Bias => bias;

    /// <summary>How good the fit is, and how far from the best at most.</summary>
    public Certificate Certificate { get; }

    /// <summary>The logits of rows.</summary>
    /// <param name="features">[rows, features].</param>
    /// <param name="maxThreads">The most threads to use; 0 for one a core. The result does not depend on it.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="ArgumentException">The number of columns is not that of the features.</exception>
    public Logits Score(IFeatureMatrix features, int maxThreads = 0, CancellationToken cancellation = default) =>
        new(LinearScores.Compute(features, weights, bias, maxThreads, cancellation), Classes);

    /// <summary>The model as it would be without class weights, as far as they act on the prior: b_k − ln c_k.</summary>
    /// <param name="classWeights">The factors c_k it was fitted with.</param>
    /// <exception cref="ArgumentException">There isn't one for each class.</exception>
    public SoftmaxModel WithoutClassWeights(double[] classWeights)
    {
        if (classWeights.Length != Classes)
            throw new ArgumentException($"There are {classWeights.Length} class weights for {Classes} classes.", nameof(classWeights));

        var corrected = new double[Classes];
        for (int k = 0; k < Classes; k++)
            corrected[k] = bias[k] - Numerics.Log.Compute(classWeights[k]);

        return new SoftmaxModel(weights, corrected, Certificate);
    }

    /// <summary>Writes the weights as tensors under a prefix.</summary>
    /// <returns>The model's description.</returns>
    public JsonObject Save(NamedTensors tensors, string prefix)
    {
        tensors.Add<float>(prefix + "weights", weights, Features, Classes);
        tensors.Add<double>(prefix + "bias", bias);
        return new JsonObject { ["kind"] = "softmax", ["features"] = Features, ["classes"] = Classes, ["certificate"] = Certificate.Save() };
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Something is missing or of the wrong kind.</exception>
    public static SoftmaxModel Load(JsonObject saved, NamedTensors tensors, string prefix)
    {
        if (saved.Text("kind") != "softmax")
            throw new InvalidDataException($"The model is of kind '{saved.Text("kind")}', not 'softmax'.");

        int features = saved.Integer("features"), classes = saved.Integer("classes", 2);
        float[] weights = tensors.Get<float>(prefix + "weights", (long)features * classes);
        double[] bias = tensors.Get<double>(prefix + "bias", classes);
        if (weights.Any(value => !float.IsFinite(value)) || bias.Any(value => !double.IsFinite(value)))
            throw new InvalidDataException("The model has weights that are not finite numbers.");

        return new SoftmaxModel(weights, bias, Certificate.Load(saved.Object("certificate")));
    }

    /// <summary>The model at a solver's point: weights centred over classes and rounded to floats, the bias exact, and the certificate of just these.</summary>
    internal static SoftmaxModel From(
        LinearProblem<double> problem, ScoreColumns columns, int classes, double[] solved, double[] bias, StopReason reason, int iterations, int passes,
        (string Name, string Reason) solver)
    {
        int stride = problem.Stride, features = problem.Columns;
        var weights = new float[checked(features * classes)];
        var rounded = new double[solved.Length];
        var row = new double[classes];
        for (int j = 0; j < features; j++)
        {
            columns.Unpack<double>(solved.AsSpan(j * stride, stride), row);
            Centre(row);
            for (int k = 0; k < classes; k++)
                row[k] = weights[j * classes + k] = (float)row[k];
            columns.Pack(row, rounded.AsSpan(j * stride));
        }

        var scores = new double[problem.ScoresLength];
        problem.Multiply(rounded, scores);
        var point = new SolverPoint<double>(problem, scores, bias);
        point.SolveBias(1e-15, 100);
        var best = new double[classes];
        columns.Unpack<double>(point.Bias, best);
        Centre(best);
        var gradient = new double[problem.WeightsLength];
        problem.MultiplyTransposed(point.Residuals, gradient);
        Vectors.AddScaled(problem.L2, rounded, gradient.AsSpan());
        double square = columns.GradientSquares * Vectors.Dot(gradient, gradient, problem.Threads);
        double l2 = problem.L2 * columns.GradientSquares;
        return new SoftmaxModel(weights, best, new Certificate
        {
            Objective = point.Loss + problem.L2 / 2 * Vectors.Dot(rounded, rounded, problem.Threads),
            Loss = point.Loss,
            GradientNorm = Math.Sqrt(square),
            DualityGap = problem.L2 > 0 ? square / (2 * l2) : null,
            LogitBoundFactor = problem.L2 > 0 ? Math.Sqrt(square) / l2 : null,
            Passes = passes + problem.Passes,
            Iterations = iterations,
            StopReason = reason,
            Solver = solver.Name,
            Reason = solver.Reason,
        });
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
