using System.Numerics;
using Credence.Numerics;

namespace Credence.Linear.Solvers;

/// <summary>Where a solver stands: scores X·W, the bias that is best for them, residuals and loss, and the same of a step it tries.</summary>
internal sealed class LineSearchState<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Steps of the bias after a step of W.</summary>
    private const int StepsOnArrival = 4;

    private readonly LinearProblem<T> problem;
    private readonly BiasSolver<T> biases;
    private T[] scores;
    private T[] residuals;
    private double[] bias;
    private T[] triedScores;
    private T[] triedResiduals;
    private double[] triedBias;
    private double triedLoss;
    private T[] direction = [];
    private double[] biasDirection = [];
    private double[] biasGradient = [];

    /// <summary>Stands at W, with a bias to start from.</summary>
    public LineSearchState(LinearProblem<T> problem, T[] scores, double[] bias)
    {
        this.problem = problem;
        this.scores = scores;
        this.bias = bias.AsSpan().ToArray();
        residuals = new T[scores.Length];
        triedScores = new T[scores.Length];
        triedResiduals = new T[scores.Length];
        triedBias = new double[bias.Length];
        biases = new BiasSolver<T>(problem);
    }

    /// <summary>X·W, without the bias.</summary>
    public T[] Scores => scores;

    /// <summary>∂loss/∂Z.</summary>
    public T[] Residuals => residuals;

    /// <summary>The best bias.</summary>
    public double[] Bias => bias;

    /// <summary>Σ loss.</summary>
    public double Loss { get; private set; }

    /// <summary>Finds the best bias where it stands.</summary>
    /// <param name="tolerance">The norm of ∂loss/∂b that is small enough.</param>
    /// <param name="steps">The most steps.</param>
    public void SolveBias(double tolerance, int steps) => Arrive(biases.Loss(scores, bias, residuals), tolerance, steps);

    /// <summary>Looks along a direction of W, whose scores change by <paramref name="moved"/>, for <see cref="Try"/>.</summary>
    /// <returns>What the bias adds to the slope: 0 but for what is left of ∂loss/∂b, and never more.</returns>
    public double Look(T[] moved)
    {
        direction = moved;
        biasDirection = biases.Along(problem.CurvatureTimes(residuals, moved));
        double slope = Vectors.Dot<double>(biasGradient, biasDirection);
        if (slope <= 0)
            return slope;

        biasDirection = new double[bias.Length];
        return 0;
    }

    /// <summary>Tries W + step·direction, the bias going along as the best one sets out to.</summary>
    /// <returns>The loss there and its slope along the way.</returns>
    public (double Loss, double Slope) Try(double step)
    {
        LongVectors.Add(scores, step, direction, triedScores, problem.Threads);
        for (int k = 0; k < bias.Length; k++)
            triedBias[k] = bias[k] + step * biasDirection[k];
        triedLoss = biases.Loss(triedScores, triedBias, triedResiduals);
        return (
            triedLoss,
            LongVectors.Dot(triedResiduals, direction, problem.Threads) + Vectors.Dot<double>(biases.Gradient, biasDirection));
    }

    /// <summary>Goes where it tried last, and on to the bias that is best there.</summary>
    /// <param name="tolerance">The norm of ∂loss/∂b that is small enough.</param>
    public void Accept(double tolerance)
    {
        (scores, triedScores) = (triedScores, scores);
        (residuals, triedResiduals) = (triedResiduals, residuals);
        (bias, triedBias) = (triedBias, bias);
        Arrive(triedLoss, tolerance, StepsOnArrival);
    }

    private void Arrive(double loss, double tolerance, int steps)
    {
        Loss = biases.Improve(scores, bias, residuals, loss, tolerance, steps);
        biasGradient = biases.Gradient.ToArray();
    }
}
