using System.Numerics;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Credence.Numerics;

namespace Credence.Networks.Layers;

/// <summary>Each place of a sequence becomes a mean over all places, weighted by a softmax of scores, in several heads side by side (A.
/// Vaswani and others, Attention Is All You Need, 2017): softmax(Q·Kᵀ/√d)·V·W + b with Q, K, V linear in the input.</summary>
/// <param name="Heads">The number of heads, which must divide the channels.</param>
public sealed record AttentionLayer(int Heads) : NetworkLayer
{
    internal const string KindName = "attention";

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <inheritdoc/>
    public override string Description => $"attention, {Heads} heads";

    /// <inheritdoc/>
    public override LayerShape Output(LayerShape input) => Heads > 0 && input.Channels % Heads == 0 ? input
        : throw new ArgumentException($"{Heads} heads don't divide {input.Channels} channels.");

    internal override JsonObject Save() => new() { ["heads"] = Heads };

    internal override LayerRun<T> Create<T>(LayerShape input, RunSetting<T> setting) => new Run<T>(Heads, Output(input), setting);

    private sealed unsafe class Run<T> : LayerRun<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        /// <summary>Values that a tile may read beyond the end.</summary>
        private const int Beyond = 64;

        private readonly int heads, depth, channels;
        private readonly ParameterBlock mixing, mixingBias, output, outputBias;
        private readonly T[] mixingBiases, outputBiases;
        private readonly PackedMatrix<T> mix, mixBack, project, projectBack;

        // For each member, of a chunk's rows: Q, K and V beside each other at each place, and apart by head; what attention gives.
        private readonly T[][] beside, queries, keys, values, given, logs, flat;

        // The same for the gradients.
        private readonly T[][] ofBeside, ofQueries, ofKeys, ofValues, ofGiven, ofFlat;

        public Run(int heads, LayerShape input, RunSetting<T> setting)
            : base(input, input)
        {
            (this.heads, channels) = (heads, input.Channels);
            depth = channels / heads;
            double deviation = 1 / Math.Sqrt(channels);
            mixing = setting.Layout.AddSummed(checked(channels * 3 * channels), ParameterRole.Weight, deviation: deviation);
            mixingBias = setting.Layout.AddSummed(3 * channels, ParameterRole.Bias);
            output = setting.Layout.AddSummed(channels * channels, ParameterRole.Weight, deviation: deviation);
            outputBias = setting.Layout.AddSummed(channels, ParameterRole.Bias);
            (mixingBiases, outputBiases) = (new T[3 * channels], new T[channels]);
            mix = new PackedMatrix<T>(channels, 3 * channels);
            mixBack = new PackedMatrix<T>(3 * channels, channels);
            project = new PackedMatrix<T>(channels, channels);
            projectBack = new PackedMatrix<T>(channels, channels);
            int size = input.Size * setting.ChunkRows, trained = setting.IsTraining ? size : 0;
            beside = setting.PerMember(3 * size);
            (queries, keys, values) = (setting.PerMember(size), setting.PerMember(size), setting.PerMember(size));
            (given, flat) = (setting.PerMember(size), setting.PerMember(size));
            logs = setting.PerMember(setting.ChunkRows * heads * input.Places);
            ofBeside = setting.PerMember((3 * trained) + Beyond);
            (ofQueries, ofKeys, ofValues) = (setting.PerMember(trained), setting.PerMember(trained), setting.PerMember(trained));
            (ofGiven, ofFlat) = (setting.PerMember(trained), setting.PerMember(trained + Beyond));
        }

        public override void Take(ReadOnlySpan<T> parameters)
        {
            mix.Pack(parameters.Slice(mixing.Start, mixing.Count));
            mixBack.Pack(parameters.Slice(mixing.Start, mixing.Count), isTransposed: true);
            project.Pack(parameters.Slice(output.Start, output.Count));
            projectBack.Pack(parameters.Slice(output.Start, output.Count), isTransposed: true);
            parameters.Slice(mixingBias.Start, mixingBias.Count).CopyTo(mixingBiases);
            parameters.Slice(outputBias.Start, outputBias.Count).CopyTo(outputBiases);
        }

        public override void Forward(in Pass<T> pass, ReadOnlySpan<T> x, Span<T> y)
        {
            int member = pass.Member, places = pass.Rows * Input.Places;
            Span<T> three = beside[member].AsSpan(0, 3 * x.Length);
            Channels.Repeat<T>(mixingBiases, three);
            Multiply(mix, x, three, places, accumulate: true);
            for (int part = 0; part < 3; part++)
                Rearrange(three, Part(part, queries, keys, values)[member], pass.Rows, 3 * channels, part * channels, byHead: true);

            Span<T> mixed = given[member].AsSpan(0, x.Length), byPlace = flat[member].AsSpan(0, x.Length);
            AttentionPlan.Forward<T>(
                queries[member].AsSpan(0, x.Length), keys[member].AsSpan(0, x.Length), values[member].AsSpan(0, x.Length), mixed,
                ShapeOf(pass.Rows), default, logs[member].AsSpan(0, pass.Rows * heads * Input.Places), 1);
            Rearrange(mixed, byPlace, pass.Rows, channels, 0, byHead: false);
            Channels.Repeat<T>(outputBiases, y);
            Multiply(project, byPlace, y, places, accumulate: true);
        }

        public override void Backward(in Pass<T> pass, ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx)
        {
            int member = pass.Member, places = pass.Rows * Input.Places;
            Span<T> sums = pass.Sums.Span;

            // Copied where a tile may read beyond the end.
            dy.CopyTo(ofFlat[member]);
            Channels.Sum(dy, sums.Slice(outputBias.Sums, channels));
            Outer(flat[member], ofFlat[member], channels, places, sums.Slice(output.Sums, output.Count));
            Span<T> back = ofFlat[member].AsSpan(0, x.Length), ofHeads = ofGiven[member].AsSpan(0, x.Length);
            Multiply(projectBack, dy, back, places, accumulate: false);
            Rearrange(back, ofHeads, pass.Rows, channels, 0, byHead: true);
            AttentionPlan.Backward<T>(
                queries[member].AsSpan(0, x.Length), keys[member].AsSpan(0, x.Length), values[member].AsSpan(0, x.Length),
                given[member].AsSpan(0, x.Length), logs[member].AsSpan(0, pass.Rows * heads * Input.Places), ofHeads,
                ofQueries[member].AsSpan(0, x.Length), ofKeys[member].AsSpan(0, x.Length), ofValues[member].AsSpan(0, x.Length),
                ShapeOf(pass.Rows), default, 1);
            Span<T> three = ofBeside[member].AsSpan(0, 3 * x.Length);
            for (int part = 0; part < 3; part++)
                Rearrange(Part(part, ofQueries, ofKeys, ofValues)[member], three, pass.Rows, 3 * channels, part * channels, byHead: false);

            Channels.Sum<T>(three, sums.Slice(mixingBias.Sums, mixingBias.Count));
            Outer(x, ofBeside[member], 3 * channels, places, sums.Slice(mixing.Sums, mixing.Count));
            if (!dx.IsEmpty)
                Multiply(mixBack, three, dx, places, accumulate: false);
        }

        private AttentionShape ShapeOf(int rows) => new(rows * heads, Input.Places, Input.Places, depth);

        private static T[][] Part(int part, T[][] first, T[][] second, T[][] third) => part == 0 ? first : part == 1 ? second : third;

        private static void Multiply(PackedMatrix<T> right, ReadOnlySpan<T> x, Span<T> y, int rows, bool accumulate)
        {
            fixed (T* from = x, to = y)
                right.Multiply(new((nint)from, right.Terms, 1), new((nint)to, right.Columns, 1), rows, accumulate);
        }

        /// <summary>Σ over places of x ⊗ the gradient.</summary>
        private void Outer(ReadOnlySpan<T> x, T[] gradient, int columns, int places, Span<T> sums)
        {
            fixed (T* from = x, to = sums)
            {
                OuterSums.Add(
                    new Strided<T>((nint)from, 1, channels), (T*)Marshal.UnsafeAddrOfPinnedArrayElement(gradient, 0), columns,
                    new Strided<T>((nint)to, columns, 1), channels, places, columns, false);
            }
        }

        /// <summary>Copies [rows, places, stride], from an offset on, to [rows·heads, places, depth], or the way back.</summary>
        private void Rearrange(ReadOnlySpan<T> from, Span<T> to, int rows, int stride, int offset, bool byHead)
        {
            int places = Input.Places;
            for (int row = 0; row < rows; row++)
            {
                for (int head = 0; head < heads; head++)
                {
                    for (int place = 0; place < places; place++)
                    {
                        int among = (((row * places) + place) * stride) + offset + (head * depth);
                        int apart = ((((row * heads) + head) * places) + place) * depth;
                        from.Slice(byHead ? among : apart, depth).CopyTo(to[(byHead ? apart : among)..]);
                    }
                }
            }
        }
    }
}
