using System.Numerics;
using System.Text.Json.Nodes;
using Credence.Numerics;

namespace Credence.Networks.Layers;

/// <summary>In training sets each value to 0 with a probability and divides the others by its complement (N. Srivastava and others,
/// Dropout, 2014); in prediction changes nothing.</summary>
/// <param name="Rate">The probability, from 0 to below 1.</param>
public sealed record DropoutLayer(double Rate) : NetworkLayer
{
    internal const string KindName = "dropout";

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <inheritdoc/>
    public override string Description => FormattableString.Invariant($"dropout of {Rate:0.###}");

    /// <inheritdoc/>
    public override LayerShape Output(LayerShape input) => Rate is >= 0 and < 1 ? input
        : throw new ArgumentException($"A dropout rate of {Rate} is impossible; it must be from 0 to below 1.");

    internal override JsonObject Save() => new() { ["rate"] = Rate };

    internal override LayerRun<T> Create<T>(LayerShape input, RunSetting<T> setting) => new Run<T>(Rate, Output(input), setting);

    private sealed class Run<T>(double rate, LayerShape input, RunSetting<T> setting) : LayerRun<T>(input, input)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T[][] factors = setting.PerMember(setting.IsTraining ? input.Size * setting.ChunkRows : 0);
        private readonly float[][] draws =
            [.. Enumerable.Range(0, setting.Members).Select(_ => new float[setting.IsTraining ? input.Size * setting.ChunkRows : 0])];

        private readonly T kept = T.CreateTruncating(1 / (1 - rate));

        public override void Forward(in Pass<T> pass, ReadOnlySpan<T> x, Span<T> y)
        {
            if (pass.Noise is null)
            {
                x.CopyTo(y);
                return;
            }

            Span<T> mask = factors[pass.Member].AsSpan(0, x.Length);
            Span<float> draw = draws[pass.Member].AsSpan(0, x.Length);
            pass.Noise.FillUniform(draw);
            for (int i = 0; i < mask.Length; i++)
                mask[i] = draw[i] < rate ? T.Zero : kept;

            Vectors.Multiply(x, mask, y);
        }

        public override void Backward(in Pass<T> pass, ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx)
        {
            if (!pass.IsTraining)
                dy.CopyTo(dx);
            else if (!dx.IsEmpty)
                Vectors.Multiply(dy, factors[pass.Member].AsSpan(0, dy.Length), dx);
        }
    }
}
