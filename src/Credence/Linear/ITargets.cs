using System.Numerics;
using Credence.Losses;

namespace Credence.Linear;

/// <summary>What the scores of a linear model are fitted to: a class a row, or a set of classes a row.</summary>
internal interface ITargets
{
    /// <summary>Rows.</summary>
    int Count { get; }

    /// <summary>Classes, each with weights of its own.</summary>
    int Classes { get; }

    /// <summary>How solvers hold the classes' scores.</summary>
    ScoreColumns Columns { get; }

    /// <summary>The answers that the loss of a row is a sum of.</summary>
    int Answers { get; }

    /// <summary>The mean loss of knowing the classes' shares alone: the scale of losses.</summary>
    double Entropy { get; }

    /// <summary>The loss that is minimised.</summary>
    /// <param name="weights">A weight a row, adding up to one; a row may have weight 0.</param>
    IRowLoss<T> Loss<T>(double[] weights)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>The loss of a row at the scores of its classes.</summary>
    double LossOf(int row, ReadOnlySpan<double> scores);

    /// <summary>Refuses what can't be learnt from.</summary>
    /// <param name="rows">The rows there are.</param>
    /// <exception cref="ArgumentException">There are more or fewer targets, or they can't be learnt from.</exception>
    void Check(int rows);

    /// <summary>Refuses rows of a fold that can't be learnt from.</summary>
    /// <exception cref="ArgumentException">They can't.</exception>
    void CheckFold(int[] rows);
}
