using System.Numerics;
using Credence.Numerics;

namespace Credence.Linear.Solvers;

/// <summary>
/// W as Xᵀ·A, the span of all gradient steps from 0: ∇_W J = Xᵀ(R + λA). A vector is stored as its coefficients of the rows and its scores,
/// [rows, stride]
/// each, and an inner product is coefficients times scores. This pays where rows are fewer than columns, as with text.
/// </summary>
internal sealed class RowSpace<T> : ISearchSpace<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int length;
    private readonly T[]?[] terms;
    private readonly T[]?[] termScores;
    private readonly double[] coefficients;
    private readonly T[] columns;
    private LinearProblem<T> problem;
    private T[] factors = [];
    private T[] gradient;
    private T[] gradientScores;
    private T[] previous;
    private T[] previousScores;
    private T[] direction;
    private T[] moved;
    private double gradientSquare;

    /// <summary>Allocates the arrays; <see cref="Start"/> begins a minimisation. The arrays are reused: new ones cost as much as a
    /// pass.</summary>
    /// <param name="problem">A problem of the rows.</param>
    /// <param name="memory">The maximum number of stored steps.</param>
    public RowSpace(LinearProblem<T> problem, int memory)
    {
        this.problem = problem;
        Memory = memory;
        length = problem.ScoresLength;
        terms = new T[2 * memory + 1][];
        termScores = new T[2 * memory + 1][];
        coefficients = new double[2 * memory + 1];
        (gradient, previous, direction) = (new T[length], new T[length], new T[length]);
        (gradientScores, previousScores, moved) = (new T[length], new T[length], new T[length]);
        columns = new T[problem.WeightsLength];
    }

    /// <summary>Starts at W = Xᵀ·A.</summary>
    /// <param name="next">The problem.</param>
    /// <param name="place">A; the object takes ownership.</param>
    /// <param name="scores">X·Xᵀ·A.</param>
    public void Start(LinearProblem<T> next, T[] place, T[] scores)
    {
        (problem, factors) = (next, place);
        WeightSquare = LongVectors.Dot(factors, scores, problem.Threads);
    }

    public int Memory { get; }

    public double WeightSquare { get; private set; }

    public T[] Moved => moved;

    public double Gradient(T[] residuals)
    {
        (gradient, previous) = (previous, gradient);
        (gradientScores, previousScores) = (previousScores, gradientScores);
        LongVectors.Add(residuals, problem.L2, factors, gradient, problem.Threads);
        problem.MultiplyTransposed(gradient, columns);
        gradientSquare = LongVectors.Dot(columns, columns, problem.Threads);
        problem.Multiply(columns, gradientScores);
        return gradientSquare;
    }

    public double Products(int count, double[] withSteps, double[] withChanges)
    {
        var dots = new double[2 * count];
        LongVectors.Dots(gradient, [.. termScores.AsSpan(0, count), .. termScores.AsSpan(Memory, count)], 2 * count, dots, problem.Threads);
        Array.Copy(dots, withSteps, count);
        Array.Copy(dots, count, withChanges, 0, count);
        return gradientSquare;
    }

    public (double Slope, double Cross, double Square) Direct(int count, double[] onSteps, double[] onChanges, double onGradient)
    {
        Array.Clear(coefficients);
        Array.Copy(onSteps, coefficients, count);
        Array.Copy(onChanges, 0, coefficients, Memory, count);
        coefficients[2 * Memory] = onGradient;
        (terms[2 * Memory], termScores[2 * Memory]) = (gradient, gradientScores);
        LongVectors.Combine(coefficients, terms, terms.Length, direction, problem.Threads);
        LongVectors.Combine(coefficients, termScores, terms.Length, moved, problem.Threads);
        var dots = new double[3];
        LongVectors.Dots(moved, [gradient, factors, direction], 3, dots, problem.Threads);
        Square = dots[2];
        Cross = dots[1];
        return (dots[0], dots[1], dots[2]);
    }

    private double Cross { get; set; }

    private double Square { get; set; }

    public void Step(double t, int place)
    {
        LongVectors.Add(factors, t, direction, factors, problem.Threads);
        WeightSquare += 2 * t * Cross + t * t * Square;
        (terms[place], direction) = (direction, Room(terms, place));
        (termScores[place], moved) = (moved, Room(termScores, place));
        if (t == 1)
            return;

        T[] step = Room(terms, place), scores = Room(termScores, place);
        LongVectors.Combine([t], [step], 1, step, problem.Threads);
        LongVectors.Combine([t], [scores], 1, scores, problem.Threads);
    }

    public (double WithStep, double WithItself) Remember(int place)
    {
        int change = Memory + place;
        T[] changed = Room(terms, change), changedScores = Room(termScores, change);
        LongVectors.Add(gradient, -1, previous, changed, problem.Threads);
        LongVectors.Add(gradientScores, -1, previousScores, changedScores, problem.Threads);
        var dots = new double[2];
        LongVectors.Dots(changed, [Room(termScores, place), changedScores], 2, dots, problem.Threads);
        return (dots[0], dots[1]);
    }

    public T[] Weights()
    {
        var weights = new T[problem.WeightsLength];
        problem.MultiplyTransposed(factors, weights);
        return weights;
    }

    private T[] Room(T[]?[] among, int place) => among[place] ??= new T[length];
}
