using Credence.Data;
using Credence.Data.Scores;
using Credence.Data.Splits;
using Credence.Features.Matrices;
using Credence.Linear;
using Credence.Linear.Path;
using Credence.Numerics;
using Credence.Tests.Support;

namespace Credence.Tests.Linear.Path;

public class RegularizationPathTests
{
    [Theory]
    [InlineData(2, false)]
    [InlineData(2, true)]
    [InlineData(4, false)]
    [InlineData(4, true)]
    public void Fit_GivesTheSameBitsForAnyNumberOfThreads(int classes, bool sparse)
    {
        (DenseMatrix dense, Labels y) = TrainingData.Clusters(rows: 1300, columns: 21, classes, seed: 6, spread: 3);
        IFeatureMatrix x = sparse ? TrainingData.Sparse(dense) : dense;
        int[] folds = Folds(y.Count, 5);

        RegularizationPathResult<SoftmaxModel> one = new RegularizationPath(new() { MaxThreads = 1 }).Fit(x, y, folds);
        RegularizationPathResult<SoftmaxModel> three = new RegularizationPath(new() { MaxThreads = 3 }).Fit(x, y, folds);

        Assert.Equal(one.Lambda, three.Lambda);
        Assert.Equal(one.Model.Weights, three.Model.Weights);
        Assert.Equal(one.Model.Bias, three.Model.Bias);
        Assert.Equal(one.OutOfFold.Values, three.OutOfFold.Values);
    }

    [Fact]
    public void Fit_ChoosesTheMinimumOfItsCurve_AndItsScoresAreTheFoldsOwn()
    {
        (DenseMatrix x, Labels y) = TrainingData.Clusters(rows: 240, columns: 12, classes: 3, seed: 7, spread: 3);
        int[] folds = Folds(y.Count, 4);

        RegularizationPathResult<SoftmaxModel> path = new RegularizationPath(new() { FoldTolerance = 1e-9 }).Fit(x, y, folds);

        PathPoint least = path.Curve.MinBy(point => point.HeldOutLogLoss);
        Assert.InRange(path.Lambda / least.Lambda, 0.5, 2);
        Assert.True(path.Curve[0].Lambda > path.Lambda
            && path.Curve[^1].Lambda < path.Lambda, "The minimum has a neighbour on either side.");
        for (int fold = 0; fold < 4; fold++)
        {
            int[] train = [.. Enumerable.Range(0, y.Count).Where(i => folds[i] != fold)],
                test = [.. Enumerable.Range(0, y.Count).Where(i => folds[i] == fold)];
            SoftmaxModel model = new SoftmaxRegression(new() { Lambda = path.Lambda * y.Count / train.Length, Tolerance = 1e-12 })
                .Fit(x.Select(train), y.Select(train));
            Logits scores = model.Score(x.Select(test));
            for (int i = 0; i < test.Length; i++)
            {
                for (int k = 1; k < 3; k++)
                    Assert.Equal(scores.Row(i)[k] - scores.Row(i)[0], path.OutOfFold.Row(test[i])[k]
                        - path.OutOfFold.Row(test[i])[0], 2e-3);
            }
        }
    }

    [Fact]
    public void Fit_TakesThePenaltiesItIsGiven()
    {
        (DenseMatrix x, Labels y) = TrainingData.Clusters(rows: 90, columns: 3, classes: 3, seed: 8);

        RegularizationPathResult<SoftmaxModel> path = new RegularizationPath(new() { Strengths = [1e-3, 1e-1] }).Fit(x, y, Folds(90, 3));

        Assert.Equal([1e-1, 1e-3], path.Curve.Select(point => point.Lambda));
    }

    private static int[] Folds(int rows, int count)
    {
        var rng = new Rng(9);
        return [.. Enumerable.Range(0, rows).Select(_ => (int)(rng.NextDouble() * count))];
    }
}
