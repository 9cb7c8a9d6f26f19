using System.Numerics;
using System.Text.Json.Nodes;
using Credence.Numerics;

namespace Credence.Networks.Layers;

/// <summary>Shifts and scales each channel to mean 0 and variance 1, then by a learned scale and shift: y = γ(x − μ)/√(σ² + ε) + β
/// (S. Ioffe, C. Szegedy, Batch Normalization, 2015).</summary>
/// <remarks>In training μ and σ² are those of the chunk, not of the batch (E. Hoffer, I. Hubara, D. Soudry, Train longer, generalize
/// better, 2017: "ghost" batches), so that chunks need not wait for each other; in prediction, moving averages of them.</remarks>
public sealed record BatchNormalizationLayer : NetworkLayer
{
    internal const string KindName = "batch_normalization";
    private const double Epsilon = 1e-5;

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
        private readonly ParameterBlock scale, shift, mean, variance;
        private readonly T[] scales, shifts, factors, offsets;

        // For each member: mean, 1/σ, three rows of numbers for each channel, and a row of zeros.
        private readonly T[][] scratch;

        public Run(LayerShape input, RunSetting<T> setting)
            : base(input, input)
        {
            channels = input.Channels;
            scale = setting.Layout.AddSummed(channels, ParameterRole.Bias, initial: 1);
            shift = setting.Layout.AddSummed(channels, ParameterRole.Bias);
            mean = setting.Layout.AddSummed(channels, ParameterRole.Average);
            variance = setting.Layout.AddSummed(channels, ParameterRole.Average, initial: 1);
            (scales, shifts, factors, offsets) = (new T[channels], new T[channels], new T[channels], new T[channels]);
            scratch = setting.PerMember(6 * channels);
        }

        public override void Take(ReadOnlySpan<T> parameters)
        {
            parameters.Slice(scale.Start, channels).CopyTo(scales);
            parameters.Slice(shift.Start, channels).CopyTo(shifts);
            for (int c = 0; c < channels; c++)
            {
                factors[c] = scales[c] / T.Sqrt(parameters[variance.Start + c] + T.CreateTruncating(Epsilon));
                offsets[c] = shifts[c] - (parameters[mean.Start + c] * factors[c]);
            }
        }

        public override void Forward(in Pass<T> pass, ReadOnlySpan<T> x, Span<T> y)
        {
            if (!pass.IsTraining)
            {
                Channels.Map(x, factors, offsets, y);
                return;
            }

            Span<T> means = Scratch(pass, 0), inverses = Scratch(pass, 1), a = Scratch(pass, 2), b = Scratch(pass, 3);
            Span<T> sums = pass.Sums.Span;
            T count = T.CreateTruncating(pass.Rows * Input.Places);
            Channels.Sum(x, means);
            for (int c = 0; c < channels; c++)
                means[c] /= count;

            Channels.SumSquares(x, means, inverses);
            for (int c = 0; c < channels; c++)
            {
                T spread = inverses[c] / count;
                (sums[mean.Sums + c], sums[variance.Sums + c]) = (means[c], spread);
                inverses[c] = T.One / T.Sqrt(spread + T.CreateTruncating(Epsilon));
                a[c] = scales[c] * inverses[c];
                b[c] = shifts[c] - (means[c] * a[c]);
            }

            Channels.Map(x, a, b, y);
        }

        public override void Backward(in Pass<T> pass, ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx)
        {
            if (!pass.IsTraining)
            {
                Channels.Map(dy, factors, Scratch(pass, 5), dx);
                return;
            }

            Span<T> means = Scratch(pass, 0), inverses = Scratch(pass, 1), a = Scratch(pass, 2), b = Scratch(pass, 3), c = Scratch(pass, 4);
            Span<T> ofScale = pass.Sums.Span.Slice(scale.Sums, channels), ofShift = pass.Sums.Span.Slice(shift.Sums, channels);
            T count = T.CreateTruncating(pass.Rows * Input.Places);
            Channels.Sum(dy, ofShift);
            Channels.SumProducts(x, dy, means, ofScale);

            // dx = γ/σ·(dy − mean(dy) − x̂·mean(dy·x̂)), as a·dy + b·x + c.
            for (int j = 0; j < channels; j++)
            {
                ofScale[j] *= inverses[j];
                a[j] = scales[j] * inverses[j];
                b[j] = -a[j] * ofScale[j] * inverses[j] / count;
                c[j] = -(a[j] * ofShift[j] / count) - (b[j] * means[j]);
            }

            if (!dx.IsEmpty)
                Channels.Combine(dy, a, x, b, c, dx);
        }

        private Span<T> Scratch(in Pass<T> pass, int index) => scratch[pass.Member].AsSpan(index * channels, channels);
    }
}
