using System.Numerics;
using Credence.Linear.Solvers;
using Credence.Optimization;

namespace Credence.Linear;

/// <summary>
/// How solvers store scores: one column per class, but for the softmax of two classes only the difference. With weights ∓w/2 the
/// penalty λ/2·‖W‖² is λ/4·‖w‖², so objective, gap and bounds are unchanged.
/// </summary>
/// <param name="classes">The number of classes.</param>
/// <param name="difference">Whether only the difference of two classes is stored.</param>
internal readonly struct ScoreColumns(int classes, bool difference)
{
    /// <summary>Whether only the difference of two classes is stored.</summary>
    public bool Difference => difference;

    /// <summary>The number of score columns.</summary>
    public int Count => Difference ? 1 : classes;

    /// <summary>The stride of a row of scores.</summary>
    public int Stride => RowProducts.Stride(Count);

    /// <summary>‖∇_W J‖² as a multiple of the solver's squared gradient norm.</summary>
    public double GradientSquares => Difference ? 2 : 1;

    /// <summary>The solver's λ for a quadratic penalty.</summary>
    public double L2(double l2) => Difference ? l2 / 2 : l2;

    /// <summary>The solver's penalty: with weights ∓w/2, λ₁·‖W‖₁ is λ₁·‖w‖₁.</summary>
    /// <param name="strength">λ.</param>
    /// <param name="l1Ratio">ρ, the L1 fraction of λ.</param>
    public Penalty Penalty(double strength, double l1Ratio) => new(L2(strength * (1 - l1Ratio)), strength * l1Ratio);

    /// <summary>Class values → solver columns.</summary>
    public void Pack<T>(ReadOnlySpan<double> values, Span<T> columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Difference)
        {
            columns[0] = T.CreateTruncating(values[1] - values[0]);
            return;
        }

        for (int k = 0; k < classes; k++)
            columns[k] = T.CreateTruncating(values[k]);
    }

    /// <summary>Solver columns → class values, which sum to 0 where there are two.</summary>
    public void Unpack<T>(ReadOnlySpan<T> columns, Span<double> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Difference)
        {
            double half = double.CreateTruncating(columns[0]) / 2;
            (values[0], values[1]) = (-half, half);
            return;
        }

        for (int k = 0; k < classes; k++)
            values[k] = double.CreateTruncating(columns[k]);
    }
}
