using System.Numerics;
using System.Text.Json.Nodes;
using Credence.Numerics;

namespace Credence.Networks.Layers;

/// <summary>Shifts and scales the channels of each place to mean 0 and variance 1, then by a learned scale and shift (J. Ba, J. Kiros, G.
/// Hinton, Layer Normalization, 2016).</summary>
public sealed record LayerNormalizationLayer : NetworkLayer
{
    internal const string KindName = "layer_normalization";

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <inheritdoc/>
    public override LayerShape Output(LayerShape input) => input;

    internal override JsonObject Save() => [];

    internal override LayerRun<T> Create<T>(LayerShape input, RunSetting<T> setting) => new Run<T>(input, setting);

    private sealed class Run<T> : LayerRun<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly int channels;
        private readonly ParameterBlock scale, shift;
        private readonly T[] scales, shifts;

        // For each member: x̂ of a chunk, 1/σ of each place, and the gradient in x̂.
        private readonly T[][] normal, inverses, gradients;

        public Run(LayerShape input, RunSetting<T> setting)
            : base(input, input)
        {
            channels = input.Channels;
            scale = setting.Layout.AddSummed(channels, ParameterRole.Bias, initial: 1);
            shift = setting.Layout.AddSummed(channels, ParameterRole.Bias);
            (scales, shifts) = (new T[channels], new T[channels]);
            normal = setting.PerMember(input.Size * setting.ChunkRows);
            inverses = setting.PerMember(input.Places * setting.ChunkRows);
            gradients = setting.PerMember(setting.IsTraining ? input.Size * setting.ChunkRows : 0);
        }

        public override void Take(ReadOnlySpan<T> parameters)
        {
            parameters.Slice(scale.Start, channels).CopyTo(scales);
            parameters.Slice(shift.Start, channels).CopyTo(shifts);
        }

        public override void Forward(in Pass<T> pass, ReadOnlySpan<T> x, Span<T> y)
        {
            Span<T> centred = normal[pass.Member].AsSpan(0, x.Length);
            RowNormalization.Forward(x, channels, centred, inverses[pass.Member]);
            Channels.Map<T>(centred, scales, shifts, y);
        }

        public override void Backward(in Pass<T> pass, ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx)
        {
            Span<T> centred = normal[pass.Member].AsSpan(0, x.Length), g = gradients[pass.Member].AsSpan(0, x.Length),
                sums = pass.Sums.Span;
            Span<T> ofShift = sums.Slice(shift.Sums, channels);

            // The shift's place serves as a row of zeros first.
            ofShift.Clear();
            Channels.SumProducts(centred, dy, ofShift, sums.Slice(scale.Sums, channels));
            Channels.Map(dy, scales, ofShift, g);
            Channels.Sum(dy, ofShift);
            if (!dx.IsEmpty)
                RowNormalization.Backward(g, centred, inverses[pass.Member], channels, dx);
        }
    }
}
