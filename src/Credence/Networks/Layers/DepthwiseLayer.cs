using System.Numerics;
using System.Text.Json.Nodes;
using Credence.Numerics;

namespace Credence.Networks.Layers;

/// <summary>A convolution of each channel with a filter of its own, of stride 1, outside of which the input is 0. Over sequences the height
/// is 1.</summary>
/// <param name="KernelHeight">Rows of a filter; odd.</param>
/// <param name="KernelWidth">Columns of a filter; odd.</param>
public sealed record DepthwiseLayer(int KernelHeight, int KernelWidth) : NetworkLayer
{
    internal const string KindName = "depthwise";

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <inheritdoc/>
    public override string Description => $"depthwise convolution of {KernelHeight} × {KernelWidth}";

    /// <inheritdoc/>
    public override LayerShape Output(LayerShape input)
    {
        new ConvolutionShape(input.Height, input.Width, 1, 1, KernelHeight, KernelWidth).Check();
        return input;
    }

    internal override JsonObject Save() => new() { ["height"] = KernelHeight, ["width"] = KernelWidth };

    internal override LayerRun<T> Create<T>(LayerShape input, RunSetting<T> setting) => new Run<T>(this, Output(input), setting);

    private sealed class Run<T> : LayerRun<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly DepthwiseLayer layer;
        private readonly int channels;
        private readonly ParameterBlock weights, bias;
        private readonly T[] filters, biases;

        public Run(DepthwiseLayer layer, LayerShape input, RunSetting<T> setting)
            : base(input, input)
        {
            (this.layer, channels) = (layer, input.Channels);
            int taps = layer.KernelHeight * layer.KernelWidth;
            weights = setting.Layout.AddSummed(taps * channels, ParameterRole.Weight, deviation: Math.Sqrt(2.0 / taps));
            bias = setting.Layout.AddSummed(channels, ParameterRole.Bias);
            (filters, biases) = (new T[weights.Count], new T[channels]);
        }

        public override void Take(ReadOnlySpan<T> parameters)
        {
            parameters.Slice(weights.Start, weights.Count).CopyTo(filters);
            parameters.Slice(bias.Start, channels).CopyTo(biases);
        }

        public override void Forward(in Pass<T> pass, ReadOnlySpan<T> x, Span<T> y)
        {
            Channels.Repeat<T>(biases, y);
            for (int place = 0; place < pass.Rows * Input.Places; place++)
            {
                for (int tap = 0; tap < filters.Length / channels; tap++)
                {
                    if (InputOf(place, tap) is >= 0 and int from)
                        Vectors.AddProduct(At(x, from), At<T>(filters, tap), At(y, place));
                }
            }
        }

        public override void Backward(in Pass<T> pass, ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx)
        {
            Span<T> ofFilters = pass.Sums.Span.Slice(weights.Sums, weights.Count);
            ofFilters.Clear();
            dx.Clear();
            Channels.Sum(dy, pass.Sums.Span.Slice(bias.Sums, channels));
            for (int place = 0; place < pass.Rows * Input.Places; place++)
            {
                for (int tap = 0; tap < filters.Length / channels; tap++)
                {
                    if (InputOf(place, tap) is not (>= 0 and int from))
                        continue;

                    Vectors.AddProduct(At(x, from), At(dy, place), At(ofFilters, tap));
                    if (!dx.IsEmpty)
                        Vectors.AddProduct(At(dy, place), At<T>(filters, tap), At(dx, from));
                }
            }
        }

        private ReadOnlySpan<TValue> At<TValue>(ReadOnlySpan<TValue> values, int place) => values.Slice(place * channels, channels);

        private Span<TValue> At<TValue>(Span<TValue> values, int place) => values.Slice(place * channels, channels);

        /// <summary>The input's place, counted over all rows, under a tap of a place's filter; −1 outside.</summary>
        private int InputOf(int place, int tap)
        {
            int row = place / Input.Places, within = place % Input.Places;
            int y = (within / Input.Width) + (tap / layer.KernelWidth) - (layer.KernelHeight / 2);
            int x = (within % Input.Width) + (tap % layer.KernelWidth) - (layer.KernelWidth / 2);
            return y < 0 || x < 0 || y >= Input.Height || x >= Input.Width ? -1 : (((row * Input.Height) + y) * Input.Width) + x;
        }
    }
}
