using System.Numerics;
using Credence.Numerics;

namespace Credence.Linear.Solvers;

/// <summary>A solver's current point: scores X·W, their optimal bias, residuals and loss, and the same for a trial step.</summary>
internal sealed class LineSearchState<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The number of bias steps after a step of W.</summary>
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

    /// <summary>Starts at W, with an initial bias.</summary>
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

    /// <summary>The optimal bias.</summary>
    public double[] Bias => bias;

    /// <summary>Σ loss.</summary>
    public double Loss { get; private set; }

    /// <summary>Finds the optimal bias at the current point.</summary>
    /// <param name="tolerance">The norm of ∂loss/∂b that is small enough.</param>
    /// <param name="steps">The most steps.</param>
    public void SolveBias(double tolerance, int steps) => Arrive(biases.Loss(scores, bias, residuals), tolerance, steps);

    /// <summary>Prepares <see cref="Try"/> along a direction of W that changes the scores by <paramref name="moved"/>.</summary>
    /// <returns>The contribution of the bias to the slope: 0 up to the residual ∂loss/∂b, and never positive.</returns>
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

    /// <summary>Tries W + step·direction, with the first-order change of the optimal bias.</summary>
    /// <returns>The loss there and its slope along the direction.</returns>
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

    /// <summary>Accepts the last trial, and optimises the bias there.</summary>
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
