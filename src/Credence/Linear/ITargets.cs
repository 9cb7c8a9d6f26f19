using System.Numerics;
using Credence.Losses;

namespace Credence.Linear;

/// <summary>The targets of a linear model: one class per row, or a set of classes per row.</summary>
internal interface ITargets
{
    /// <summary>The number of rows.</summary>
    int Count { get; }

    /// <summary>The number of classes, each with its own weights.</summary>
    int Classes { get; }

    /// <summary>How solvers store the classes' scores.</summary>
    ScoreColumns Columns { get; }

    /// <summary>The number of terms in a row's loss.</summary>
    int Answers { get; }

    /// <summary>The mean loss of predicting the class frequencies: the scale of losses.</summary>
    double Entropy { get; }

    /// <summary>The loss that is minimised.</summary>
    /// <param name="weights">One weight per row, summing to one; a row may have weight 0.</param>
    IRowLoss<T> Loss<T>(double[] weights)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>The loss of a row at the scores of its classes.</summary>
    double LossOf(int row, ReadOnlySpan<double> scores);

    /// <summary>Rejects targets that are unsuitable for training.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <exception cref="ArgumentException">The number of targets differs, or they are unsuitable for training.</exception>
    void Check(int rows);

    /// <summary>Rejects rows of a fold that are unsuitable for training.</summary>
    /// <exception cref="ArgumentException">The rows are unsuitable.</exception>
    void CheckFold(int[] rows);
}
