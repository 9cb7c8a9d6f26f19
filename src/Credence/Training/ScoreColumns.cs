using Credence.Data;
using Credence.Training.Objectives;
using Credence.Training.Optimization;

namespace Credence.Training;

/// <summary>
/// How solvers hold a softmax regression: a column of scores a class, but of two classes the difference alone. With weights ∓w/2 the
/// penalty λ/2·‖W‖² is λ/4·‖w‖², so that objective, gap and bounds are the same numbers.
/// </summary>
/// <param name="classes">The number of classes.</param>
internal readonly struct ScoreColumns(int classes)
{
    private bool Difference => classes == 2;

    /// <summary>Columns of scores.</summary>
    public int Count => Difference ? 1 : classes;

    /// <summary>Doubles that a row of scores takes.</summary>
    public int Stride => RowProducts.Stride(Count);

    /// <summary>‖∇_W J‖² as a multiple of what the solver's gradient gives.</summary>
    public double GradientSquares => Difference ? 2 : 1;

    /// <summary>The solver's problem.</summary>
    public LinearProblem Problem(IRowProducts x, IRowLoss loss, double l2, int threads, CancellationToken cancellation) =>
        new(x, loss, Difference ? l2 / 2 : l2, threads, cancellation);

    /// <summary>The loss of labels.</summary>
    public IRowLoss Loss(Labels labels, double[] weights) =>
        Difference ? new LogisticLoss(labels.Indices.ToArray(), weights) : new SoftmaxLoss(labels.Indices.ToArray(), weights, classes);

    /// <summary>Class values → what the solver holds.</summary>
    public void Pack(ReadOnlySpan<double> values, Span<double> columns)
    {
        if (Difference)
            columns[0] = values[1] - values[0];
        else
            values.CopyTo(columns);
    }

    /// <summary>What the solver holds → class values, which add up to 0 where there are two.</summary>
    public void Unpack(ReadOnlySpan<double> columns, Span<double> values)
    {
        if (Difference)
            (values[0], values[1]) = (-columns[0] / 2, columns[0] / 2);
        else
            columns[..classes].CopyTo(values);
    }
}
