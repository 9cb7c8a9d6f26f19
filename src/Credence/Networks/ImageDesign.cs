using Credence.Features.Matrices;
using Credence.LogitModels;
using Credence.Networks.Layers;
using Credence.Networks.Training;
using Credence.Numerics;

namespace Credence.Networks;

/// <summary>A small residual convolutional network for pictures, which fits its depth to their size.</summary>
/// <param name="options">How it is trained; null adapts it to the number of rows.</param>
internal sealed class ImageDesign(NetworkOptions? options) : INetworkDesign
{
    /// <summary>Multiply-adds that training may take unasked, summed over forward and backward passes.</summary>
    private const double MostWork = 4e12;

    private const int FewestEpochs = 6, MostEpochs = 40, SmallestSide = 8, LargestSide = 256, FirstFilters = 32, MostFilters = 64;

    /// <inheritdoc/>
    public string Name => "cnn";

    /// <inheritdoc/>
    public string? Unsuited(LearnerRows rows)
    {
        if (rows.Pipeline.Grid(out string? reason) is not { } grid)
            return reason;

        return Math.Min(grid.Height, grid.Width) < SmallestSide || Math.Max(grid.Height, grid.Width) > LargestSide
            ? $"pictures of {grid.Height} × {grid.Width} pixels are too small or too large for it; sides must be "
                + $"{SmallestSide} to {LargestSide}"
            : rows.Features is DenseMatrix ? null : "most of the pixels are 0";
    }

    /// <inheritdoc/>
    public NetworkPlan Plan(LearnerRows rows)
    {
        ImageGrid grid = rows.Pipeline.Grid(out _)!;
        var features = (DenseMatrix)rows.Features;
        var input = new LayerShape(grid.Height, grid.Width, grid.Channels);
        var network = new Network(input, Layers(input, rows.Labels.Classes));
        var inputs = Inputs(features, grid);
        bool mayFlip = Mirror.KeepsClasses(features, rows.Labels, inputs, input);
        return new NetworkPlan(network, inputs, options ?? Adapted(network, rows), new ImageChange(input, mayFlip).Apply);
    }

    /// <summary>Convolutions with pooling until a side is below 10, then a residual block and the mean over all places.</summary>
    private static List<NetworkLayer> Layers(LayerShape input, int classes)
    {
        var layers = new List<NetworkLayer>();
        NetworkLayer rectifier = new ActivationLayer(ActivationKind.Relu);
        int filters = FirstFilters;
        do
        {
            layers.AddRange([Filters(filters), new BatchNormalizationLayer(), rectifier, new MaxPoolingLayer(2, 2)]);
            input = new LayerShape(input.Height / 2, input.Width / 2, filters);
            filters = Math.Min(MostFilters, 2 * filters);
        }
        while (Math.Min(input.Height, input.Width) >= 10);

        if (input.Channels < filters)
            layers.AddRange([Filters(filters), new BatchNormalizationLayer(), rectifier]);

        layers.AddRange(
        [
            new ResidualLayer(
            [
                Filters(filters), new BatchNormalizationLayer(), rectifier, Filters(filters), new BatchNormalizationLayer(),
            ]),
            rectifier, new GlobalAverageLayer(), new DenseLayer(classes) { Gain = 1 },
        ]);
        return layers;
    }

    private static ConvolutionLayer Filters(int count) => new(count, 3, 3) { HasBias = false };

    /// <summary>Pixels to mean 0 and deviation 1 over all pictures: one mean and one deviation for each channel.</summary>
    private static NetworkInputs Inputs(DenseMatrix features, ImageGrid grid)
    {
        int count = features.Columns;
        var sums = new double[grid.Channels];
        var squares = new double[grid.Channels];
        for (int row = 0; row < features.Rows; row++)
        {
            ReadOnlySpan<float> values = features.Row(row);
            for (int j = 0; j < count; j++)
            {
                sums[grid.Kept[j] % grid.Channels] += values[j];
                squares[grid.Kept[j] % grid.Channels] += (double)values[j] * values[j];
            }
        }

        double places = (double)features.Rows * grid.Height * grid.Width;
        var centers = new float[count];
        var factors = new float[count];
        for (int j = 0; j < count; j++)
        {
            int channel = grid.Kept[j] % grid.Channels;
            double mean = sums[channel] / places, spread = Math.Sqrt(Math.Max(1e-8, (squares[channel] / places) - (mean * mean)));
            (centers[j], factors[j]) = ((float)mean, (float)(1 / spread));
        }

        return new NetworkInputs(grid.Height * grid.Width * grid.Channels, [.. grid.Kept], centers, factors, new bool[count]);
    }

    /// <summary>As many epochs as the bound of work allows.</summary>
    private static NetworkOptions Adapted(Network network, LearnerRows rows)
    {
        double row = 3 * NetworkWork.MultiplyAdds(network), epochs = MostWork / Math.Max(1, row * rows.Labels.Count);
        int most = (int)Math.Clamp(epochs, FewestEpochs, MostEpochs), batch = Math.Clamp(rows.Labels.Count / 50, 16, 128);
        return new NetworkOptions { Epochs = most, BatchRows = batch, LearningRate = 0.006, WeightDecay = 0.05 };
    }
}
