using Credence.Features.Matrices;
using Credence.Linear.Solvers;
using Credence.Losses;
using Credence.Numerics;

namespace Credence.Linear;

/// <summary>Starts a solver at a fitted model.</summary>
internal static class WarmStarts
{
    /// <summary>Starts at the model's weights; a solver that stores weights as sums of rows starts at −R/λ, which gives the same weights
    /// where the model is the optimum.</summary>
    public static void Apply(
        LinearModel warm, LinearSolver<float> solver, IFeatureMatrix features, ITargets targets, double[] weights, double l2,
            int maxThreads, CancellationToken cancellationToken)
    {
        if (warm.Features != features.Columns || warm.Classes != targets.Classes)
        {
            throw new ArgumentException(
                $"The warm start has {warm.Features} features and {warm.Classes} classes; the rows have {features.Columns} and "
                    + $"{targets.Classes}.", nameof(warm));
        }

        ScoreColumns columns = targets.Columns;
        int stride = columns.Stride, classes = targets.Classes;
        var row = new double[classes];
        var place = new float[features.Columns * stride];
        for (int j = 0; j < features.Columns; j++)
        {
            for (int k = 0; k < classes; k++)
                row[k] = warm.Weights[j * classes + k];
            columns.Pack(row, place.AsSpan(j * stride));
        }

        var bias = new double[stride];
        columns.Pack<double>(warm.Bias, bias);
        if (solver.InRows)
        {
            if (l2 == 0)
                return;

            IRowLoss<float> loss = targets.Loss<float>(weights);
            var problem = new LinearProblem<float>(new RowProducts(features).In<float>(), loss, 0, maxThreads, cancellationToken);
            var scores = new float[problem.ScoresLength];
            problem.Multiply(place, scores);
            place = new float[scores.Length];
            problem.LossAndResidual(scores, bias, place, new double[stride]);
            Vectors.Scale((float)(-1 / columns.L2(l2)), place.AsSpan());
        }

        solver.Start(place, bias, maxThreads, cancellationToken);
    }
}
