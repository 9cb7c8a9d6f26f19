using System.Numerics;
using Credence.Numerics;

namespace Credence.Linear.Solvers;

/// <summary>W itself, [columns, stride], with steps measured by a metric M that approximates the Hessian: gradients are stored as M⁻¹·∇_W
/// J.</summary>
internal sealed class WeightSpace<T> : ISearchSpace<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly LinearProblem<T> problem;
    private readonly IMetric<T> metric;
    private readonly T[] weights;
    private readonly T[][] terms;
    private readonly double[] coefficients;
    private T[] gradient;
    private T[] solved;
    private T[] previous;
    private T[] previousSolved;
    private T[] direction;
    private double cross;
    private double square;

    /// <summary>Starts at W.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="metric">M.</param>
    /// <param name="weights">W; the object takes ownership.</param>
    /// <param name="memory">The maximum number of stored steps.</param>
    public WeightSpace(LinearProblem<T> problem, IMetric<T> metric, T[] weights, int memory)
    {
        this.problem = problem;
        this.metric = metric;
        this.weights = weights;
        Memory = memory;
        int length = weights.Length;
        terms = new T[2 * memory + 1][];
        for (int i = 0; i < 2 * memory; i++)
            terms[i] = new T[length];
        coefficients = new double[2 * memory + 1];
        (gradient, solved, previous, previousSolved, direction) =
            (new T[length], new T[length], new T[length], new T[length], new T[length]);
        Moved = new T[problem.ScoresLength];
        WeightSquare = LongVectors.Dot(weights, weights, problem.Threads);
    }

    public int Memory { get; }

    public double WeightSquare { get; private set; }

    public T[] Moved { get; }

    public double Gradient(T[] residuals)
    {
        (gradient, previous) = (previous, gradient);
        (solved, previousSolved) = (previousSolved, solved);
        problem.MultiplyTransposed(residuals, gradient);
        LongVectors.Add(gradient, problem.L2, weights, gradient, problem.Threads);
        Array.Copy(gradient, solved, gradient.Length);
        metric.Solve(solved, problem.Stride, problem.Threads);
        return LongVectors.Dot(gradient, gradient, problem.Threads);
    }

    public double Products(int count, double[] withSteps, double[] withChanges)
    {
        terms[2 * Memory] = solved;
        var dots = new double[2 * Memory + 1];
        LongVectors.Dots(gradient, terms, 2 * Memory + 1, dots, problem.Threads);
        Array.Copy(dots, withSteps, count);
        Array.Copy(dots, Memory, withChanges, 0, count);
        return dots[2 * Memory];
    }

    public (double Slope, double Cross, double Square) Direct(int count, double[] onSteps, double[] onChanges, double onGradient)
    {
        Array.Clear(coefficients);
        Array.Copy(onSteps, coefficients, count);
        Array.Copy(onChanges, 0, coefficients, Memory, count);
        coefficients[2 * Memory] = onGradient;
        terms[2 * Memory] = solved;
        LongVectors.Combine(coefficients, terms, terms.Length, direction, problem.Threads);
        problem.Multiply(direction, Moved);
        var dots = new double[3];
        LongVectors.Dots(direction, [gradient, weights, direction], 3, dots, problem.Threads);
        (cross, square) = (dots[1], dots[2]);
        return (dots[0], cross, square);
    }

    public void Step(double t, int place)
    {
        LongVectors.Add(weights, t, direction, weights, problem.Threads);
        WeightSquare += 2 * t * cross + t * t * square;
        (terms[place], direction) = (direction, terms[place]);
        if (t != 1)
            LongVectors.Combine([t], [terms[place]], 1, terms[place], problem.Threads);
    }

    public (double WithStep, double WithItself) Remember(int place)
    {
        // The gradient change is needed in both forms once: the plain form overwrites the previous gradient.
        LongVectors.Add(gradient, -1, previous, previous, problem.Threads);
        LongVectors.Add(solved, -1, previousSolved, terms[Memory + place], problem.Threads);
        var dots = new double[2];
        LongVectors.Dots(previous, [terms[place], terms[Memory + place]], 2, dots, problem.Threads);
        return (dots[0], dots[1]);
    }

    public T[] Weights() => weights;
}
