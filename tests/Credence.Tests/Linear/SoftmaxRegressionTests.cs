using Credence.Data;
using Credence.Features.Matrices;
using Credence.Linear;
using Credence.Optimization;
using Credence.Tests.Support;

namespace Credence.Tests.Linear;

public class SoftmaxRegressionTests
{
    [Fact]
    public void Fit_LearnsThreeClusters()
    {
        (DenseMatrix x, Labels y) = TrainingData.Clusters(rows: 120, columns: 4, classes: 3, seed: 1);

        SoftmaxModel model = new SoftmaxRegression(new() { Lambda = 1e-2, Tolerance = 1e-9 }).Fit(x, y);

        Assert.Equal(StopReason.Converged, model.Certificate.StopReason);
        Assert.True(model.Certificate.DualityGap <= 1e-8);
        Assert.True(TrainingData.Accuracy(model.Score(x), y) > 0.9);
    }

    [Fact]
    public void Fit_GivesTheSameForDenseAndSparseRows()
    {
        (DenseMatrix x, Labels y) = TrainingData.Clusters(rows: 150, columns: 7, classes: 4, seed: 2);
        var options = new SoftmaxRegressionOptions { Lambda = 1e-2, Tolerance = 1e-10 };

        SoftmaxModel dense = new SoftmaxRegression(options).Fit(x, y);
        SoftmaxModel sparse = new SoftmaxRegression(options).Fit(TrainingData.Sparse(x), y);

        Assert.Equal(dense.Certificate.Objective, sparse.Certificate.Objective, 1e-9);
        Assert.Equal(dense.Score(x).Values[5], sparse.Score(TrainingData.Sparse(x)).Values[5], 1e-4);
    }
}
