using System.Numerics;
using Credence.Features.Matrices;
using Credence.Losses;
using Credence.Optimization;

namespace Credence.Linear.Solvers;

/// <summary>Minimises J over W and b, warm-started at one penalty after another, in the space that suits the shape of X.</summary>
internal sealed class LinearSolver<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Up to this many columns a factorisation of their covariance pays.</summary>
    private const int MostGramColumns = 1024;

    private const int LeastGramRows = 4096;

    /// <summary>Up to this many weights and biases a factorisation of their joint curvature pays.</summary>
    private const int MostJoint = 700;

    /// <summary>The joint curvature uses as many rows as this many passes cost, provided these are all rows or enough per parameter and its
    /// factor costs no more.</summary>
    private const int JointPasses = 32, JointRows = 3;

    /// <summary>A factorisation takes size³/3 products, single-threaded and by column: about this many times size³ products of a
    /// pass.</summary>
    private const double FactorCost = 3;

    /// <summary>The number of steps with one joint curvature before it is recomputed.</summary>
    private const int JointSteps = 8;

    /// <summary>The typical ratio of the curvature at the end of a fit to that at its start, where classes are well separated.</summary>
    private const double CurvatureLeft = 0.3;

    private readonly RowProducts x;
    private readonly IRowProducts<T> products;
    private readonly IRowLoss<T> loss;
    private readonly int stride;
    private readonly bool selects;
    private double[]? moments;
    private RowSpace<T>? rows;

    /// <summary>Starts at W = 0.</summary>
    /// <param name="x">The rows.</param>
    /// <param name="loss">Their loss.</param>
    /// <param name="selects">Whether penalties have an L1 part, which needs W explicitly.</param>
    public LinearSolver(RowProducts x, IRowLoss<T> loss, bool selects = false)
    {
        this.selects = selects;
        this.x = x;
        this.loss = loss;
        products = x.In<T>();
        stride = RowProducts.Stride(loss.Classes);
        InRows = !selects && UsesRows(x.Features);
        Place = new T[checked((InRows ? products.Rows : products.Columns) * stride)];
        Scores = new T[checked(products.Rows * stride)];
        Bias = new double[stride];
    }

    /// <summary>Whether W is stored as Xᵀ·A.</summary>
    public bool InRows { get; }

    /// <summary>Whether the joint curvature of all weights and biases is worth its cost.</summary>
    public bool Joint => !InRows && JointSize <= MostJoint && CurvatureRows >= Math.Min(products.Rows, JointRows * JointSize)
        && FactorCost * JointSize * JointSize * JointSize <= 4.0 * JointPasses * products.Rows * products.Columns * loss.Classes;

    /// <summary>A, [rows, stride], or W, [columns, stride].</summary>
    public T[] Place { get; private set; }

    /// <summary>X·W, [rows, stride].</summary>
    public T[] Scores { get; private set; }

    /// <summary>b, [stride].</summary>
    public double[] Bias { get; private set; }

    /// <summary>The number of passes over the rows so far.</summary>
    public int Passes { get; private set; }

    /// <summary>Whether rows are so few relative to columns that W is best stored as Xᵀ·A.</summary>
    public static bool UsesRows(IFeatureMatrix features) =>
        features.Columns > MostGramColumns && features.Rows < 2L * features.Columns / 3;

    /// <summary>Starts at A or W, and a bias.</summary>
    public void Start(T[] place, double[] bias, int maxThreads, CancellationToken cancellationToken)
    {
        Place = place;
        Bias = bias.AsSpan().ToArray();
        Scores = new T[Scores.Length];
        LinearProblem<T> problem = new(products, loss, 0, maxThreads, cancellationToken);
        problem.Multiply(Weights(problem), Scores);
        Passes += problem.Passes;
    }

    /// <summary>W, [columns, stride].</summary>
    public T[] Weights(int maxThreads, CancellationToken cancellationToken) =>
        Weights(new LinearProblem<T>(products, loss, 0, maxThreads, cancellationToken));

    /// <summary>Minimises J at a penalty.</summary>
    public (StopReason Reason, int Iterations) Minimize(
        Penalty penalty, int limit, Lbfgs.StopTest arrived, int maxThreads, CancellationToken cancellationToken)
    {
        var problem = new LinearProblem<T>(products, loss, penalty.L2, maxThreads, cancellationToken, penalty.L1);
        var point = new LineSearchState<T>(problem, Scores, Bias);
        if (selects)
            return Select(problem, point, limit, arrived, cancellationToken);

        int taken = 0;
        StopReason reason;
        do
        {
            ISearchSpace<T> space = InRows
                ? InRowSpace(problem, point)
                : new WeightSpace<T>(problem, Metric(problem, point), Place, memory: 10);
            int before = taken;
            (reason, int steps) = Lbfgs.Minimize(
                problem, space, point, Joint ? Math.Min(limit - taken, JointSteps) : limit - taken,
                (iteration, objective, gap, promised) => arrived(before + iteration, objective, gap, promised));
            taken += steps;
        }
        while (reason == StopReason.IterationLimit && taken < limit);

        (Scores, Bias) = (point.Scores, point.Bias);
        Passes += problem.Passes;
        return (reason, taken);
    }

    private RowSpace<T> InRowSpace(LinearProblem<T> problem, LineSearchState<T> point)
    {
        rows ??= new RowSpace<T>(problem, memory: 7);
        rows.Start(problem, Place, point.Scores);
        return rows;
    }

    private (StopReason Reason, int Iterations) Select(
        LinearProblem<T> problem, LineSearchState<T> point, int limit, Lbfgs.StopTest arrived, CancellationToken cancellationToken)
    {
        (StopReason reason, int taken) = ProximalNewton.Minimize(
            problem, () => Coupling(problem, point), Joint ? JointSteps : 0, Place, point, limit, arrived, cancellationToken);
        (Scores, Bias) = (point.Scores, point.Bias);
        Passes += problem.Passes;
        return (reason, taken);
    }

    private IQuadraticModel Coupling(LinearProblem<T> problem, LineSearchState<T> point)
    {
        int d = products.Columns;
        if (Joint)
        {
            return new JointQuadraticModel(Curvature(problem, point), d, problem.Classes, stride);
        }

        var curvatures = new double[stride * stride];
        problem.Curvature(point.Residuals, curvatures, 8192);
        return new ProductQuadraticModel(Moments(problem.Threads), d, curvatures, problem.Classes, stride);
    }

    /// <summary>The columns' covariance, or their mean squares where there are too many columns; computed once.</summary>
    private double[] Moments(int maxThreads) => moments ??= products.Columns <= MostGramColumns
        ? ColumnMoments.Covariance(x.Features, row => loss.Weight(row) > 0, Math.Max(LeastGramRows, 8 * products.Columns), maxThreads)
        : ColumnMoments.MeanSquares(x.Features, row => loss.Weight(row) > 0, 1 << 16);

    private double[] Curvature(LinearProblem<T> problem, LineSearchState<T> point) =>
        JointCurvature.Compute(problem, x.Features, point.Residuals, CurvatureRows);

    private bool IsAtNothing => Array.TrueForAll(Place, w => w == T.Zero);

    private int JointSize => loss.Classes * (products.Columns + 1);

    /// <summary>A row takes 2·classes·(columns + 1)² operations, where a pass takes four per row and weight.</summary>
    private int CurvatureRows => (int)Math.Min(products.Rows, 2L * JointPasses * products.Rows / (products.Columns + 1));

    private T[] Weights(LinearProblem<T> problem)
    {
        if (!InRows)
            return Place;

        var weights = new T[problem.WeightsLength];
        problem.MultiplyTransposed(Place, weights);
        return weights;
    }

    private IMetric<T> Metric(LinearProblem<T> problem, LineSearchState<T> point)
    {
        int d = products.Columns;
        point.SolveBias(1e-6, 50);
        if (Joint && JointMetric<T>.TryMake(Curvature(problem, point), d, problem.Classes, problem.L2) is { } joint)
            return joint;

        double curvature = problem.CurvatureDiagonal(point.Residuals, 8192).Sum() / problem.Classes;
        if (IsAtNothing)
            curvature *= CurvatureLeft;

        double[] squares = Moments(problem.Threads);
        if (d <= MostGramColumns)
        {
            double[] covariance = squares;
            if (GramMetric<T>.TryMake(covariance, d, curvature, problem.L2) is { } gram)
                return gram;

            squares = [.. Enumerable.Range(0, d).Select(j => covariance[(j * d) + j])];
        }

        // The geometric mean of the columns' curvature and a constant, which balances rare and frequent columns best.
        return new DiagonalMetric<T>([.. squares.Select(square => Math.Sqrt(curvature * square / 3 + Math.Max(problem.L2, 1e-12)))]);
    }
}
