using System.Numerics;
using System.Text.Json.Nodes;
using Credence.Numerics;

namespace Credence.Networks.Layers;

/// <summary>A convolution of stride 1 that keeps height and width: each output is a sum over the values around its place, outside of which
/// the input is 0. Over sequences the height is 1.</summary>
/// <param name="Filters">The channels of the output.</param>
/// <param name="KernelHeight">Rows of a filter; odd.</param>
/// <param name="KernelWidth">Columns of a filter; odd.</param>
public sealed record ConvolutionLayer(int Filters, int KernelHeight, int KernelWidth) : NetworkLayer
{
    internal const string KindName = "convolution";

    /// <summary>Whether there is a bias; normalisation after the layer makes it useless.</summary>
    public bool HasBias { get; init; } = true;

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <inheritdoc/>
    public override string Description => $"convolution, {Filters} filters of {KernelHeight} × {KernelWidth}";

    /// <inheritdoc/>
    public override LayerShape Output(LayerShape input)
    {
        ShapeOf(input).Check();
        return input with { Channels = Filters };
    }

    internal override JsonObject Save() =>
        new() { ["filters"] = Filters, ["height"] = KernelHeight, ["width"] = KernelWidth, ["bias"] = HasBias };

    internal override LayerRun<T> Create<T>(LayerShape input, RunSetting<T> setting) => new Run<T>(this, input, setting);

    private ConvolutionShape ShapeOf(LayerShape input) =>
        new(input.Height, input.Width, input.Channels, Filters, KernelHeight, KernelWidth);

    private sealed class Run<T> : LayerRun<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly ConvolutionShape shape, turnedShape;
        private readonly PackedMatrix<T> filters;
        private readonly PackedMatrix<T>? turned;
        private readonly ParameterBlock weights;
        private readonly ParameterBlock? bias;
        private readonly T[] biases, ones;
        private readonly T[][] padded, paddedGradients, patches;

        public Run(ConvolutionLayer layer, LayerShape input, RunSetting<T> setting)
            : base(input, layer.Output(input))
        {
            shape = layer.ShapeOf(input);
            turnedShape = shape with { Channels = shape.Filters, Filters = shape.Channels };
            weights = setting.Layout.AddSummed(
                checked(shape.Terms * shape.Filters), ParameterRole.Weight, deviation: Math.Sqrt(2.0 / shape.Terms));
            bias = layer.HasBias ? setting.Layout.AddSummed(shape.Filters, ParameterRole.Bias) : null;
            biases = new T[shape.Filters];
            ones = [.. Enumerable.Repeat(T.One, shape.Filters)];
            filters = new PackedMatrix<T>(shape.Terms, shape.Filters);
            padded = setting.PerMember(shape.Padded(shape.Channels));
            paddedGradients = patches = [];
            bool needsTurned = setting.IsTraining && Convolution.NeedsPatches(turnedShape);
            patches = setting.PerMember(Math.Max(
                Convolution.NeedsPatches(shape) ? shape.Pixels * shape.Terms : 0,
                needsTurned ? shape.Pixels * turnedShape.Terms : 0));
            if (setting.IsTraining)
            {
                turned = new PackedMatrix<T>(turnedShape.Terms, shape.Channels);
                paddedGradients = setting.PerMember(shape.Padded(shape.Filters));
            }
        }

        public override void Take(ReadOnlySpan<T> parameters)
        {
            ReadOnlySpan<T> own = parameters.Slice(weights.Start, weights.Count);
            filters.Pack(own);
            if (turned is not null)
                Convolution.PackTurned(own, shape, turned);

            if (bias is not null)
                parameters.Slice(bias.Start, bias.Count).CopyTo(biases);
        }

        public override void Forward(in Pass<T> pass, ReadOnlySpan<T> x, Span<T> y)
        {
            T[] around = padded[pass.Member];
            for (int row = 0; row < pass.Rows; row++)
            {
                Convolution.Pad(x.Slice(row * Input.Size, Input.Size), shape, shape.Channels, around);
                Span<T> output = y.Slice(row * Output.Size, Output.Size);
                Convolution.Forward(around, shape, filters, patches[pass.Member], output);
                if (bias is not null)
                    Channels.Map(output, ones, biases, output);
            }
        }

        public override void Backward(in Pass<T> pass, ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx)
        {
            T[] around = padded[pass.Member], aroundGradient = paddedGradients[pass.Member];
            Span<T> sums = pass.Sums.Span;
            if (bias is not null)
                Channels.Sum(dy, sums.Slice(bias.Sums, bias.Count));

            for (int row = 0; row < pass.Rows; row++)
            {
                Convolution.Pad(x.Slice(row * Input.Size, Input.Size), shape, shape.Channels, around);
                Convolution.Pad(dy.Slice(row * Output.Size, Output.Size), shape, shape.Filters, aroundGradient);
                Convolution.AddFilterGradient<T>(around, shape, aroundGradient, sums.Slice(weights.Sums, weights.Count), row > 0);
                if (!dx.IsEmpty)
                {
                    Convolution.Forward(
                        aroundGradient, turnedShape, turned!, patches[pass.Member], dx.Slice(row * Input.Size, Input.Size));
                }
            }
        }
    }
}
