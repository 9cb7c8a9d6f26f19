using System.Numerics;

namespace Credence.Training.Optimization;

/// <summary>Where a solver stands: scores X·W, the bias that is best for them, residuals and loss, and the same of a step it tries.</summary>
internal sealed class SolverPoint<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly LinearProblem<T> problem;
    private readonly BiasSolver<T> biases;
    private T[] scores;
    private T[] residuals;
    private double[] bias;
    private T[] triedScores;
    private T[] triedResiduals;
    private double[] triedBias;
    private double triedLoss;

    /// <summary>Stands at W, with a bias to start from.</summary>
    public SolverPoint(LinearProblem<T> problem, T[] scores, double[] bias)
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
    public void SolveBias(double tolerance, int steps) => Loss = biases.Solve(scores, bias, residuals, tolerance, steps);

    /// <summary>Tries W + step·direction, whose scores change by <paramref name="moved"/>.</summary>
    /// <returns>The loss there and its slope along the direction.</returns>
    public (double Loss, double Slope) Try(double step, T[] moved, double tolerance)
    {
        Vectors.Sum(scores, step, moved, triedScores, problem.Threads);
        bias.CopyTo(triedBias, 0);
        triedLoss = biases.Solve(triedScores, triedBias, triedResiduals, tolerance, 4);
        return (triedLoss, Vectors.Dot(triedResiduals, moved, problem.Threads));
    }

    /// <summary>Goes where it tried last.</summary>
    public void Accept()
    {
        (scores, triedScores) = (triedScores, scores);
        (residuals, triedResiduals) = (triedResiduals, residuals);
        (bias, triedBias) = (triedBias, bias);
        Loss = triedLoss;
    }
}
