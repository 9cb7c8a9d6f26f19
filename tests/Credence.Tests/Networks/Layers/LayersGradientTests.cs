using Credence.Networks.Layers;
using Credence.Networks.Training;
using Credence.Numerics;
using Xunit;

namespace Credence.Tests.Networks.Layers;

/// <summary>Each layer inside a small network: the gradient of the loss in every parameter against central differences in double.</summary>
public sealed class LayersGradientTests
{
    private static readonly NetworkLayer Rectifier = new ActivationLayer(ActivationKind.Silu);

    public static TheoryData<string> Names => [.. Networks.Keys];

    private static readonly Dictionary<string, Network> Networks = new()
    {
        ["dense"] = new(LayerShape.Vector(5), [new DenseLayer(4), Rectifier, new DenseLayer(3) { HasBias = false }]),
        ["convolution"] = new(new(4, 5, 2), [new ConvolutionLayer(3, 3, 3), Rectifier, new ConvolutionLayer(4, 1, 3), new DenseLayer(3)]),
        ["activation"] = new(
            LayerShape.Vector(4),
            [.. Enum.GetValues<ActivationKind>().SelectMany(kind => (NetworkLayer[])[new DenseLayer(5), new ActivationLayer(kind)]),
                new DenseLayer(3)]),
        ["batch_normalization"] = new(
            new(3, 3, 2), [new ConvolutionLayer(3, 3, 3) { HasBias = false }, new BatchNormalizationLayer(), Rectifier, new DenseLayer(3)]),
        ["max_pooling"] = new(new(5, 4, 2), [new ConvolutionLayer(3, 3, 3), new MaxPoolingLayer(2, 2), new DenseLayer(3)]),
        ["global_average"] = new(new(3, 4, 2), [new ConvolutionLayer(5, 3, 3), Rectifier, new GlobalAverageLayer(), new DenseLayer(3)]),
        ["dropout"] = new(LayerShape.Vector(6), [new DenseLayer(8), Rectifier, new DropoutLayer(0.4), new DenseLayer(3)]),
        ["residual"] = new(
            new(3, 3, 2),
            [
                new ConvolutionLayer(4, 3, 3), new ResidualLayer([new ConvolutionLayer(4, 3, 3), Rectifier, new ConvolutionLayer(4, 3, 3)]),
                new ResidualLayer([new ResidualLayer([Rectifier])]), new DenseLayer(3),
            ]),
        ["layer_normalization"] = new(
            new(1, 3, 6), [new ConvolutionLayer(6, 1, 3), new LayerNormalizationLayer(), Rectifier, new DenseLayer(3)]),
        ["attention"] = new(
            new(1, 5, 6),
                [new ConvolutionLayer(6, 1, 1), new ResidualLayer([new AttentionLayer(2)]), new AttentionLayer(3), new DenseLayer(3)]),
        ["depthwise"] = new(new(4, 5, 3), [new ConvolutionLayer(9, 1, 1), new DepthwiseLayer(3, 5), Rectifier, new DenseLayer(3)]),
        ["mixture"] = new(
            LayerShape.Vector(5),
            [
                new DenseLayer(4), new MixtureLayer([[new DenseLayer(4), Rectifier], [new DenseLayer(3), Rectifier, new DenseLayer(4)]]),
                new DenseLayer(3),
            ]),
        ["periodic"] =
            new(LayerShape.Vector(4), [new DenseLayer(4), new PeriodicLayer(3, 4, 2) { Spread = 0.5 }, Rectifier, new DenseLayer(3)]),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradient_IsTheDerivativeOfTheLoss(string name)
    {
        const int Rows = 7, ChunkRows = 3;
        const double Step = 1e-5;
        Network network = Networks[name];
        NetworkRun<double> run = network.Run<double>(2, ChunkRows, Rows, isTraining: true);
        using var crew = new Crew(2);
        var gradient = new NetworkGradient<double>(run, crew);
        var random = new Rng(5);
        double[] x = new double[Rows * network.Input.Size], parameters = run.Initial(random.Split(1));
        random.FillNormal(x);
        double[] weights = [1, 2, 0.5, 1, 0, 3, 1];
        int[] labels = [0, 2, 1, 1, 2, 0, 0], rows = [3, 1, 0, 6, 5, 2, 4];

        // Parameters that begin at 0 or 1 would hide mistakes.
        foreach (ParameterBlock block in run.Layout.Blocks.Where(block => block.Deviation == 0 && block.Role != ParameterRole.Average))
        {
            for (int i = 0; i < block.Count; i++)
                parameters[block.Start + i] += 0.3 * random.NextNormal();
        }

        double Loss()
        {
            run.Stack.Take(parameters);
            return gradient.Compute(rows, labels, weights, Fill, new Rng(9));
        }

        void Fill(ReadOnlySpan<int> which, Rng noise, Span<double> inputs)
        {
            for (int i = 0; i < which.Length; i++)
                x.AsSpan(which[i] * network.Input.Size, network.Input.Size).CopyTo(inputs[(i * network.Input.Size)..]);
        }

        Loss();
        double[] computed = [.. gradient.Gradient];
        foreach (ParameterBlock block in run.Layout.Blocks.Where(block => block.Role != ParameterRole.Average))
        {
            for (int i = block.Start; i < block.Start + block.Count; i++)
            {
                double own = parameters[i];
                parameters[i] = own + Step;
                double above = Loss();
                parameters[i] = own - Step;
                double below = Loss();
                parameters[i] = own;
                Assert.Equal((above - below) / (2 * Step), computed[i], 2e-8);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void SavedLayers_AreReadBack(string name)
    {
        Network network = Networks[name];
        var saved = new System.Text.Json.Nodes.JsonObject { ["layers"] = LayerFormat.Save(network.Layers) };

        NetworkLayer[] read = LayerFormat.Load(saved);

        Assert.Equal(LayerFormat.Save(network.Layers).ToJsonString(), LayerFormat.Save(read).ToJsonString());
        Assert.Equal(network.Parameters(), (network with { Layers = read }).Parameters());
    }
}
