using System.Text.Json.Nodes;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Features.Matrices;
using Credence.Linear;
using Credence.Linear.Minibatch;
using Credence.Optimization;
using Credence.Persistence;
using Credence.Tests.Support;

namespace Credence.Tests.Linear.Minibatch;

public sealed class MinibatchSoftmaxRegressionTests
{
    private static readonly MinibatchSoftmaxRegressionOptions Small =
        new() { Epochs = 40, BatchRows = 32, BufferRows = 300, CheckpointRows = 500, Lambda = 1e-3 };

    [Theory]
    [InlineData(MinibatchOptimizer.AdamW, 2, false)]
    [InlineData(MinibatchOptimizer.AdamW, 5, true)]
    [InlineData(MinibatchOptimizer.Sgd, 3, false)]
    [InlineData(MinibatchOptimizer.Sgd, 4, true)]
    public void Objective_IsNearTheOptimum_AndItsGradientNearZero(MinibatchOptimizer optimizer, int classes, bool sparse)
    {
        (DenseMatrix x, Labels y) = TrainingData.Clusters(1500, 6, classes, 3);
        IFeatureMatrix features = sparse ? TrainingData.Sparse(x) : x;
        SoftmaxModel exact = new SoftmaxRegression(new() { Lambda = 1e-3 }).Fit(features, y);
        SoftmaxModel fitted = new MinibatchSoftmaxRegression(Small with { Optimizer = optimizer }).Fit(MadeRows.Of(features, y, 128)).Model;

        Assert.InRange(fitted.Certificate.Objective, exact.Certificate.Objective * (1 - 1e-4), exact.Certificate.Objective + 0.005);
        Assert.InRange(fitted.Certificate.GradientNorm, 0, 0.05);
        Assert.Null(fitted.Certificate.DualityGap);
        Assert.Equal(StopReason.PassesDone, fitted.Certificate.StopReason);
    }

    [Fact]
    public void Certificate_IsThatOfItsWeights()
    {
        (DenseMatrix x, Labels y) = TrainingData.Clusters(700, 5, 3, 4);
        SoftmaxModel fitted = new MinibatchSoftmaxRegression(Small with { Epochs = 2 }).Fit(MadeRows.Of(x, y, 100)).Model;
        Logits logits = fitted.Score(x);
        double loss = Enumerable.Range(0, x.Rows).Average(row => Numerics.LogSumExp.Compute(logits.Row(row)) - logits.Row(row)[y[row]]);

        Assert.Equal(loss, fitted.Certificate.Loss, 1e-5);
        Assert.Equal(loss + (0.5e-3 * fitted.Weights.ToArray().Sum(w => (double)w * w)), fitted.Certificate.Objective, 1e-5);
    }

    [Fact]
    public void Weights_CountAsRowsDo()
    {
        (DenseMatrix x, Labels y) = TrainingData.Clusters(900, 4, 3, 5);
        double[] weights = [.. Enumerable.Range(0, 900).Select(row => y[row] == 0 ? 2.0 : 0.5)];
        SoftmaxModel exact = new SoftmaxRegression(new() { Lambda = 1e-3 }).Fit(x, y, weights);
        SoftmaxModel fitted = new MinibatchSoftmaxRegression(Small with { Epochs = 60 })
            .Fit(MadeRows.Of(x, y, 100, [.. weights.Select(w => (float)w)])).Model;

        Assert.InRange(fitted.Certificate.Objective, exact.Certificate.Objective * (1 - 1e-4), exact.Certificate.Objective + 0.005);
    }

    [Theory]
    [InlineData(MinibatchOptimizer.AdamW)]
    [InlineData(MinibatchOptimizer.Sgd)]
    public void Fit_GoneOnFromAnyCheckpoint_EndsWithTheSameBits(MinibatchOptimizer optimizer)
    {
        (DenseMatrix x, Labels y) = TrainingData.Clusters(1100, 5, 4, 6);
        var learner = new MinibatchSoftmaxRegression(Small with { Epochs = 3, Optimizer = optimizer });
        FeatureChunk heldOut = MadeRows.Of(x, y, 200).Read(default).First();
        var saved = new List<(JsonObject Description, NamedTensors Tensors)>();
        MinibatchFit whole = learner.Fit(MadeRows.Of(x, y, 128), heldOut, checkpoint: state =>
        {
            var tensors = new NamedTensors();
            saved.Add((state.Save(tensors, "s."), tensors));
        });

        Assert.True(saved.Count >= 6, $"{saved.Count} checkpoints");
        foreach ((JsonObject description, NamedTensors tensors) in saved)
        {
            MinibatchFit resumed = learner.Fit(MadeRows.Of(x, y, 128), heldOut, MinibatchState.Load(description, tensors, "s."));
            Assert.Equal(whole.Model.Weights, resumed.Model.Weights);
            Assert.Equal(whole.Model.Bias, resumed.Model.Bias);
            Assert.Equal(whole.Passes, resumed.Passes);
            Assert.Equal(whole.Model.Certificate, resumed.Model.Certificate);
        }
    }

    [Fact]
    public void Bits_AreTheSame_WhateverTheThreads()
    {
        MinibatchFit[] fits =
            [.. new[] { 1, 2, 3 }.Select(maxThreads =>
            new MinibatchSoftmaxRegression(new() { Epochs = 1, BatchRows = 512, MaxThreads = maxThreads })
            .Fit(MadeRows.Drawn(2048, 600, 40, 512)))];

        Assert.Equal(fits[0].Model.Weights, fits[1].Model.Weights);
        Assert.Equal(fits[0].Model.Bias, fits[2].Model.Bias);
        Assert.Equal(fits[0].Model.Certificate, fits[2].Model.Certificate);
    }

    [Fact]
    public void Seed_DecidesTheOrder()
    {
        (DenseMatrix x, Labels y) = TrainingData.Clusters(400, 4, 3, 8);
        float[][] weights = [.. new ulong[] { 1, 1, 2 }.Select(seed =>
            new MinibatchSoftmaxRegression(Small with { Epochs = 1, Seed = seed }).Fit(MadeRows.Of(x, y, 100)).Model.Weights.ToArray())];

        Assert.Equal(weights[0], weights[1]);
        Assert.NotEqual(weights[0], weights[2]);
    }

    [Fact]
    public void Cancelled_HandsOverWhereItStands_AndGoesOnToTheSameBits()
    {
        (DenseMatrix x, Labels y) = TrainingData.Clusters(1100, 5, 4, 6);
        MadeRows rows = MadeRows.Of(x, y, 128);
        using var cancellationToken = new CancellationTokenSource();
        MinibatchState? last = null;
        var learner = new MinibatchSoftmaxRegression(Small with { Epochs = 3 });
        var stopping = new MadeRows(5, 4, 1100, first =>
        {
            if (first == 640)
                cancellationToken.Cancel();
            return rows.Chunk(first);
        });
        Assert.Throws<OperationCanceledException>(() =>
            learner.Fit(stopping, checkpoint: state => last = state, cancellationToken: cancellationToken.Token));

        Assert.InRange(last!.Row, 1, 1099);
        Assert.Equal(learner.Fit(rows).Model.Weights, learner.Fit(rows, resume: last).Model.Weights);
    }

    [Fact]
    public void Checkpoint_OfOtherDataOrOptions_IsRefusedWithTheReason()
    {
        (DenseMatrix x, Labels y) = TrainingData.Clusters(400, 4, 3, 8);
        MinibatchState? state = null;
        new MinibatchSoftmaxRegression(Small with { Epochs = 2 }).Fit(MadeRows.Of(x, y, 100), checkpoint: saved => state ??= saved);

        string data = Assert.Throws<ArgumentException>(() =>
            new MinibatchSoftmaxRegression(Small with { Epochs = 2 })
                .Fit(new MadeRows(4, 3, 400, MadeRows.Of(x, y, 100).Chunk) { Fingerprint = "others" }, resume: state)).Message;
        string options = Assert.Throws<ArgumentException>(() =>
            new MinibatchSoftmaxRegression(Small with { Epochs = 3 }).Fit(MadeRows.Of(x, y, 100), resume: state)).Message;

        Assert.Contains("other data: it has 'made', this is 'others'", data);
        Assert.Contains("2 epochs", options);
        Assert.Contains("3 epochs", options);
    }

    [Fact]
    public void HostileStreams_AreRefusedWithTheReason()
    {
        (DenseMatrix x, Labels y) = TrainingData.Clusters(400, 4, 3, 8);
        var learner = new MinibatchSoftmaxRegression(Small with { Epochs = 2 });

        Assert.Contains("no training rows", Refusal(new MadeRows(4, 3, 0, _ => throw new InvalidOperationException())));
        Assert.Contains("at least two", Refusal(new MadeRows(4, 1, 400, MadeRows.Of(x, y, 100).Chunk)));
        Assert.Contains("class 2; with 2 classes", Refusal(new MadeRows(4, 2, 400, MadeRows.Of(x, y, 100).Chunk)));
        Assert.Contains("4 features; the stream has 5", Refusal(new MadeRows(5, 3, 400, MadeRows.Of(x, y, 100).Chunk)));
        Assert.Contains("gave 400 rows instead of its 350", Refusal(new MadeRows(4, 3, 350, MadeRows.Of(x, y, 100).Chunk)));
        Assert.Contains("too large", Assert.Throws<ArgumentException>(() =>
            new MinibatchSoftmaxRegression(Small with { Optimizer = MinibatchOptimizer.Sgd, StepSize = 1e30, Lambda = 1 })
                .Fit(MadeRows.Of(x, y, 100))).Message);

        string Refusal(MadeRows rows) => Assert.Throws<ArgumentException>(() => learner.Fit(rows)).Message;
    }

    [Theory]
    [InlineData("Epochs")]
    [InlineData("StepSize")]
    [InlineData("Lambda")]
    [InlineData("WeightDecay")]
    [InlineData("BatchRows")]
    [InlineData("BufferRows")]
    [InlineData("CheckpointRows")]
    [InlineData("MaxThreads")]
    public void OptionsOutOfRange_AreRefusedByName(string name)
    {
        MinibatchSoftmaxRegressionOptions options = name switch
        {
            "Epochs" => new() { Epochs = 0 },
            "StepSize" => new() { StepSize = double.NaN },
            "Lambda" => new() { Lambda = -1 },
            "WeightDecay" => new() { WeightDecay = -1 },
            "BatchRows" => new() { BatchRows = 0 },
            "BufferRows" => new() { BufferRows = 10 },
            "CheckpointRows" => new() { CheckpointRows = 0 },
            _ => new() { MaxThreads = -1 },
        };
        Assert.Contains($"'{name}'", Assert.Throws<ArgumentException>(() => new MinibatchSoftmaxRegression(options)).Message);
    }
}
