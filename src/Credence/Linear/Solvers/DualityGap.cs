using System.Numerics;
using Credence.Optimization;

namespace Credence.Linear.Solvers;

/// <summary>An upper bound on J minus its optimum under a penalty with an L1 part.</summary>
/// <remarks>
/// The dual of loss + penalty is max over R of −loss*(R) − penalty*(XᵀR), R [rows, classes] with bias gradient ΣR = 0 since the bias is not
/// penalised. Any s·R, R the
/// residuals and 0 ≤ s ≤ 1, is feasible: it corresponds to the probabilities e_y + s(p − e_y), whose conjugate is Σ_i w_i Σ_k a_ik·ln a_ik.
/// Where λ₂ is 0 it must
/// have |s·XᵀR| ≤ λ₁, so s = λ₁/max|XᵀR| (S. Kim et al., An interior-point method for large-scale L1-regularized logistic regression, 2007,
/// for two classes).
/// </remarks>
internal static class DualityGap
{
    /// <summary>While the predicted decrease is above this fraction of J, the gap is not computed where it costs a pass over the
    /// scores.</summary>
    private const double Near = 1e-2;

    /// <summary>The gap, or +∞ where the predicted decrease of the next step is still large.</summary>
    public static double Compute<T>(
        LinearProblem<T> problem, LineSearchState<T> point, double[] w, double[] gradient, double objective, double promised)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Penalty penalty = problem.Penalty;
        double gap = penalty.L2 > 0 ? penalty.Gap(w, gradient) : double.PositiveInfinity;
        double most = 0;
        foreach (double value in gradient)
            most = Math.Max(most, Math.Abs(value));
        if (penalty.L1 == 0 || !(promised <= Near * Math.Abs(objective)) || (penalty.L2 > 0 && most <= penalty.L1))
            return gap;

        double s = most > penalty.L1 ? penalty.L1 / most : 1;
        double scaled = objective + problem.Conjugate(point.Residuals, s) + penalty.Conjugate(gradient, s);
        return Math.Max(0, Math.Min(gap, scaled));
    }
}
