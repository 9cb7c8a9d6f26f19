using Credence.Networks.Layers;
using Credence.Networks.Training;
using Credence.Numerics;
using Xunit;

namespace Credence.Tests.Networks.Training;

public sealed class NetworkTrainerTests
{
    private const int Rows = 300, Side = 6, Held = 60;

    private static readonly Network Small = new(
        new LayerShape(Side, Side, 1),
        [
            new ConvolutionLayer(4, 3, 3) { HasBias = false }, new BatchNormalizationLayer(), new ActivationLayer(ActivationKind.Relu),
            new MaxPoolingLayer(2, 2), new DropoutLayer(0.1), new DenseLayer(8), new ActivationLayer(ActivationKind.Gelu),
            new DenseLayer(2) { Gain = 1 },
        ]);

    private static readonly NetworkOptions Options = new() { Epochs = 12, BatchRows = 48, LearningRate = 0.02 };

    [Fact]
    public void Threads_DoNotChangeABit()
    {
        float[] one = Trained(1), two = Trained(2), five = Trained(5);

        Assert.Equal(one, two);
        Assert.Equal(one, five);
    }

    [Fact]
    public void BarsAcrossAndDown_AreToldApart()
    {
        NetworkRows rows = Bars();
        NetworkOptions longer = Options with { Epochs = 30, BatchRows = 32 };
        using var trainer = new NetworkTrainer(Small, rows, [.. Enumerable.Range(0, Rows - Held)], longer, 1, 2);
        while (trainer.Epoch < longer.Epochs)
            trainer.MakeEpoch(null, CancellationToken.None);

        int[] held = [.. Enumerable.Range(Rows - Held, Held)];
        var logits = new double[held.Length * 2];
        trainer.Score(held, logits, CancellationToken.None);

        int right = held.Where((row, i) => (logits[(2 * i) + 1] > logits[2 * i] ? 1 : 0) == rows.Labels[row]).Count();
        Assert.True(right >= 54, $"{right} of {held.Length}");
    }

    [Fact]
    public void RowsOfWeight0_AreNotLearnt()
    {
        NetworkRows rows = Bars();
        double[] weights = [.. Enumerable.Range(0, Rows).Select(row => row < Rows / 2 ? 0.0 : 1)];
        int[] changed = [.. rows.Labels.Select((label, row) => row < Rows / 2 ? 1 - label : label)];
        NetworkOptions few = Options with { Epochs = 2, BatchRows = 2 };

        Assert.Equal(Fitted(rows with { Weights = weights }), Fitted(rows with { Weights = weights, Labels = changed }));

        float[] Fitted(NetworkRows data)
        {
            using var trainer = new NetworkTrainer(Small, data, [.. Enumerable.Range(0, Rows)], few, 1, 1);
            trainer.MakeEpoch(null, CancellationToken.None);
            return [.. trainer.Parameters];
        }
    }

    [Fact]
    public void Cancelled_Stops()
    {
        using var trainer = new NetworkTrainer(Small, Bars(), [.. Enumerable.Range(0, Rows)], Options, 1, 1);

        Assert.Throws<OperationCanceledException>(() => trainer.MakeEpoch(null, new CancellationToken(true)));
    }

    [Fact]
    public void LossThatIsNotFinite_IsSaid()
    {
        NetworkRows rows = Bars() with { Fill = (_, _, inputs) => inputs.Fill(float.NaN) };
        using var trainer = new NetworkTrainer(Small, rows, [.. Enumerable.Range(0, Rows)], Options, 1, 1);

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => trainer.MakeEpoch(null, CancellationToken.None));

        Assert.Contains("epoch 1", error.Message, StringComparison.Ordinal);
    }

    private static float[] Trained(int threads)
    {
        using var trainer = new NetworkTrainer(Small, Bars(), [.. Enumerable.Range(0, Rows)], Options with { Epochs = 3 }, 7, threads);
        while (trainer.Epoch < 3)
            trainer.MakeEpoch(null, CancellationToken.None);

        return [.. trainer.Parameters];
    }

    /// <summary>Pictures with one bright row or one bright column, under noise.</summary>
    private static NetworkRows Bars()
    {
        var random = new Rng(3);
        var pictures = new float[Rows * Side * Side];
        random.FillNormal(pictures);
        var labels = new int[Rows];
        for (int row = 0; row < Rows; row++)
        {
            labels[row] = random.NextInt(2);
            int at = random.NextInt(Side);
            for (int i = 0; i < Side; i++)
                pictures[(row * Side * Side) + (labels[row] == 0 ? (at * Side) + i : (i * Side) + at)] += 3;
        }

        return new NetworkRows(labels, null, (row, _, inputs) => pictures.AsSpan(row * Side * Side, Side * Side).CopyTo(inputs));
    }
}
