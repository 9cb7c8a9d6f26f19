using System.Text.Json.Nodes;
using Credence.Data.Scores;
using Credence.Features.Matrices;
using Credence.Linear.Solvers;
using Credence.LogitModels;
using Credence.Optimization;
using Credence.Persistence;

namespace Credence.Linear;

/// <summary>The parameters of a fitted model z = Wᵀx + b, for any meaning of the scores.</summary>
internal sealed class LinearModel
{
    private readonly float[] weights;
    private readonly double[] bias;
    private readonly WidenedWeights widened;

    /// <summary>Makes a model from given parameters.</summary>
    /// <param name="weights">[features, classes], row-major, finite; the object takes ownership.</param>
    /// <param name="bias">[classes], finite; the object takes ownership.</param>
    /// <param name="certificate">The certificate of the fit.</param>
    /// <param name="fewest">The minimum number of classes.</param>
    /// <exception cref="ArgumentException">Lengths don't match, or a number is not finite.</exception>
    public LinearModel(float[] weights, double[] bias, Certificate certificate, int fewest)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(bias);
        ArgumentNullException.ThrowIfNull(certificate);
        if (bias.Length < fewest || weights.Length % bias.Length != 0)
        {
            throw new ArgumentException(
                $"{weights.Length} weights are not a multiple of {bias.Length} classes, or there are fewer than {fewest} classes.",
                    nameof(weights));
        }

        if (weights.Any(value => !float.IsFinite(value)) || bias.Any(value => !double.IsFinite(value)))
            throw new ArgumentException("All weights and biases must be finite numbers.", nameof(weights));

        this.weights = weights;
        this.bias = bias;
        widened = new WidenedWeights(weights, bias.Length);
        Certificate = certificate;
    }

    public int Features => weights.Length / Classes;

    public int Classes => bias.Length;

    public ReadOnlySpan<float> Weights => weights;

    public ReadOnlySpan<double> Bias => bias;

    public Certificate Certificate { get; }

    public Logits Score(IFeatureMatrix features, int maxThreads = 0, CancellationToken cancellationToken = default) =>
        new(LinearScores.Compute(features, widened, bias, maxThreads, cancellationToken), Classes);

    /// <summary>What each feature of one row contributes to the difference of two classes' logits: x_j·(W_ja − W_jb).</summary>
    /// <param name="row">[1, features].</param>
    /// <param name="label">a.</param>
    /// <param name="against">b.</param>
    /// <exception cref="ArgumentException">There is not exactly one row, or the number of columns is not that of the features.</exception>
    public LogitContributions Contributions(IFeatureMatrix row, int label, int against)
    {
        if (row.Rows != 1 || row.Columns != Features)
            throw new ArgumentException($"'{nameof(row)}' is {row.Rows} rows of {row.Columns} features, must be one row of {Features}.",
                nameof(row));

        var terms = new List<(int Feature, float Value, double LogOdds)>();
        foreach ((int feature, float value) in row.NonZero(0))
            terms.Add((feature, value, value * ((double)weights[(feature * Classes) + label] - weights[(feature * Classes) + against])));

        return new LogitContributions(bias[label] - bias[against], terms);
    }

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
            throw new InvalidDataException("The model has weights that are not finite; all must be finite.");

        return new LinearModel(weights, bias, Certificate.Load(saved.Object("certificate")), fewest);
    }

    /// <summary>The model at a solver's point: weights rounded to floats, centred over classes where the loss is shift-invariant, the bias
    /// exact, and the
    /// certificate of these parameters. A loss below <paramref name="separated"/> has no finite optimum.</summary>
    public static LinearModel From(
        LinearProblem<double> problem, ScoreColumns columns, int classes, double[] solved, double[] bias, StopReason reason, int iterations,
            int passes,
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

    /// <summary>A common shift of all scores changes no probability; the penalty is smallest where the weights sum to 0 over
    /// classes.</summary>
    private static void Centre(Span<double> row)
    {
        double mean = 0;
        foreach (double value in row)
            mean += value / row.Length;
        foreach (ref double value in row)
            value -= mean;
    }
}
