using System.Buffers;
using System.Numerics;
using System.Text.Json.Nodes;
using Credence.Numerics;

namespace Credence.Networks.Layers;

/// <summary>The largest value of each channel in each rectangle of places; a rest at the right and lower edge is left out.</summary>
/// <param name="Height">Rows of a rectangle.</param>
/// <param name="Width">Columns of a rectangle.</param>
public sealed record MaxPoolingLayer(int Height, int Width) : NetworkLayer
{
    internal const string KindName = "max_pooling";

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <inheritdoc/>
    public override string Description => $"max pooling, {Height} × {Width}";

    /// <inheritdoc/>
    public override LayerShape Output(LayerShape input) =>
        Height > 0 && Width > 0 && Height * Width > 1 && input.Height >= Height && input.Width >= Width
        ? new LayerShape(input.Height / Height, input.Width / Width, input.Channels)
        : throw new ArgumentException($"Rectangles of {Height} × {Width} don't fit into {input}.");

    internal override JsonObject Save() => new() { ["height"] = Height, ["width"] = Width };

    internal override LayerRun<T> Create<T>(LayerShape input, RunSetting<T> setting) => new Run<T>(this, input);

    private sealed class Run<T>(MaxPoolingLayer layer, LayerShape input) : LayerRun<T>(input, layer.Output(input))
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override void Forward(in Pass<T> pass, ReadOnlySpan<T> x, Span<T> y)
        {
            int channels = Input.Channels;
            for (int place = 0; place < pass.Rows * Output.Places; place++)
            {
                Span<T> largest = y.Slice(place * channels, channels);
                for (int at = 0; at < layer.Height * layer.Width; at++)
                {
                    ReadOnlySpan<T> values = x.Slice(InputOf(place, at) * channels, channels);
                    if (at == 0)
                        values.CopyTo(largest);
                    else
                        PoolingMaps.Max(values, largest);
                }
            }
        }

        public override void Backward(in Pass<T> pass, ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx)
        {
            if (dx.IsEmpty)
                return;

            dx.Clear();
            int channels = Input.Channels;
            T[] rented = ArrayPool<T>.Shared.Rent(channels);
            Span<T> left = rented.AsSpan(0, channels);
            for (int place = 0; place < pass.Rows * Output.Places; place++)
            {
                // Of equal values the first takes the gradient.
                dy.Slice(place * channels, channels).CopyTo(left);
                ReadOnlySpan<T> largest = y.Slice(place * channels, channels);
                for (int at = 0; at < layer.Height * layer.Width; at++)
                {
                    int from = InputOf(place, at) * channels;
                    PoolingMaps.Give(x.Slice(from, channels), largest, left, dx.Slice(from, channels));
                }
            }

            ArrayPool<T>.Shared.Return(rented);
        }

        /// <summary>The input's place, counted over all rows, of one corner of an output's rectangle.</summary>
        private int InputOf(int place, int at)
        {
            int row = place / Output.Places, within = place % Output.Places;
            int top = within / Output.Width * layer.Height, left = within % Output.Width * layer.Width;
            return (((row * Input.Height) + top + (at / layer.Width)) * Input.Width) + left + (at % layer.Width);
        }
    }
}

/// <summary>The mean of each channel over all places.</summary>
public sealed record GlobalAverageLayer : NetworkLayer
{
    internal const string KindName = "global_average";

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <inheritdoc/>
    public override LayerShape Output(LayerShape input) => LayerShape.Vector(input.Channels);

    internal override JsonObject Save() => [];

    internal override LayerRun<T> Create<T>(LayerShape input, RunSetting<T> setting) => new Run<T>(input);

    private sealed class Run<T>(LayerShape input) : LayerRun<T>(input, LayerShape.Vector(input.Channels))
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T share = T.One / T.CreateTruncating(input.Places);

        public override void Forward(in Pass<T> pass, ReadOnlySpan<T> x, Span<T> y)
        {
            for (int row = 0; row < pass.Rows; row++)
                Channels.Sum(x.Slice(row * Input.Size, Input.Size), y.Slice(row * Output.Size, Output.Size));

            Vectors.Scale(share, y);
        }

        public override void Backward(in Pass<T> pass, ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx)
        {
            for (int row = 0; row < pass.Rows && !dx.IsEmpty; row++)
            {
                Span<T> places = dx.Slice(row * Input.Size, Input.Size);
                Channels.Repeat(dy.Slice(row * Output.Size, Output.Size), places);
                Vectors.Scale(share, places);
            }
        }
    }
}
