using System.Numerics;
using System.Text.Json.Nodes;
using Credence.Numerics;

namespace Credence.Networks.Layers;

/// <summary>A mean of experts, weighted by a softmax of the input: y = Σ softmax(x·G)ₑ·fₑ(x) (R. Jacobs, M. Jordan, S. Nowlan, G. Hinton,
/// Adaptive Mixtures of Local Experts, 1991).</summary>
/// <param name="Experts">The layers of each expert; at least two experts of the same output.</param>
public sealed record MixtureLayer(IReadOnlyList<IReadOnlyList<NetworkLayer>> Experts) : NetworkLayer
{
    internal const string KindName = "mixture";

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <inheritdoc/>
    public override string Description =>
        $"mixture of {Experts.Count} experts of {string.Join("; ", Experts[0].Select(layer => layer.Description))}";

    /// <inheritdoc/>
    public override LayerShape Output(LayerShape input)
    {
        if (Experts.Count < 2 || Experts.Any(layers => layers.Count == 0))
            throw new ArgumentException(
                $"A mixture of {Experts.Count} experts is impossible: there must be two or more, each with layers.");

        LayerShape[] outputs = [.. Experts.Select(layers => layers.Aggregate(input, (shape, layer) => layer.Output(shape)))];
        return Array.TrueForAll(outputs, output => output == outputs[0]) ? outputs[0]
            : throw new ArgumentException($"The experts of a mixture give {string.Join(", ", outputs)}; the shapes must be equal.");
    }

    internal override JsonObject Save() => new()
    {
        ["experts"] = new JsonArray([.. Experts.Select(layers => (JsonNode)new JsonObject { ["layers"] = LayerFormat.Save(layers) })]),
    };

    internal override LayerRun<T> Create<T>(LayerShape input, RunSetting<T> setting) => new Run<T>(this, input, setting);

    private sealed class Run<T> : LayerRun<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly LayerStack<T>[] experts;
        private readonly LayerRun<T> gate;

        // For each member: each expert's outputs; scores, shares and their gradients; a gradient in an output and in the input.
        private readonly T[][][] outputs;
        private readonly T[][] scores, shares, shareGradients, weighed, back;

        public Run(MixtureLayer layer, LayerShape input, RunSetting<T> setting)
            : base(input, layer.Output(input))
        {
            gate = new DenseLayer(layer.Experts.Count) { Gain = 0.1 }.Create(input, setting);
            experts = [.. layer.Experts.Select(layers => LayerStack<T>.Create(layers, input, setting))];
            outputs = [.. experts.Select(_ => setting.PerMember(Output.Size * setting.ChunkRows))];
            scores = setting.PerMember(experts.Length * setting.ChunkRows);
            shares = setting.PerMember(experts.Length * setting.ChunkRows);
            shareGradients = setting.PerMember(experts.Length * setting.ChunkRows);
            weighed = setting.PerMember(Output.Size * setting.ChunkRows);
            back = setting.PerMember(Input.Size * setting.ChunkRows);
        }

        public override IEnumerable<LayerRun<T>> Inner => [gate, .. experts];

        public override void Take(ReadOnlySpan<T> parameters)
        {
            gate.Take(parameters);
            foreach (LayerStack<T> expert in experts)
                expert.Take(parameters);
        }

        public override void Forward(in Pass<T> pass, ReadOnlySpan<T> x, Span<T> y)
        {
            int count = experts.Length, values = pass.Rows * count;
            gate.Forward(pass, x, scores[pass.Member].AsSpan(0, values));
            SoftmaxRows.Forward<T>(scores[pass.Member].AsSpan(0, values), count, shares[pass.Member].AsSpan(0, values), T.One, 1);
            y.Clear();
            for (int e = 0; e < count; e++)
            {
                Span<T> own = outputs[e][pass.Member].AsSpan(0, y.Length);
                experts[e].Forward(pass, x, own);
                for (int row = 0; row < pass.Rows; row++)
                    Vectors.AddScaled<T>(shares[pass.Member][(row * count) + e], Row(own, row), Row(y, row));
            }
        }

        public override void Backward(in Pass<T> pass, ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx)
        {
            int count = experts.Length, member = pass.Member;
            Span<T> ofShares = shareGradients[member].AsSpan(0, pass.Rows * count), ofOutput = weighed[member].AsSpan(0, dy.Length);
            Span<T> before = dx.IsEmpty ? dx : back[member].AsSpan(0, x.Length);
            dx.Clear();
            for (int e = 0; e < count; e++)
            {
                Span<T> own = outputs[e][member].AsSpan(0, dy.Length);
                dy.CopyTo(ofOutput);
                for (int row = 0; row < pass.Rows; row++)
                {
                    ofShares[(row * count) + e] = T.CreateTruncating(Vectors.Dot(Row(dy, row), Row<T>(own, row)));
                    Vectors.Scale(shares[member][(row * count) + e], Row(ofOutput, row));
                }

                experts[e].Backward(pass, x, own, ofOutput, before);
                if (!dx.IsEmpty)
                    Vectors.AddScaled(T.One, before, dx);
            }

            // Of the softmax: p∘(g − p·g).
            Span<T> ofScores = scores[member].AsSpan(0, ofShares.Length);
            for (int row = 0; row < pass.Rows; row++)
            {
                Span<T> p = shares[member].AsSpan(row * count, count), g = ofShares.Slice(row * count, count);
                T mean = T.CreateTruncating(Vectors.Dot<T>(p, g));
                for (int e = 0; e < count; e++)
                    ofScores[(row * count) + e] = p[e] * (g[e] - mean);
            }

            gate.Backward(pass, x, default, ofScores, before);
            if (!dx.IsEmpty)
                Vectors.AddScaled(T.One, before, dx);
        }

        private ReadOnlySpan<TValue> Row<TValue>(ReadOnlySpan<TValue> values, int row) => values.Slice(row * Output.Size, Output.Size);

        private Span<TValue> Row<TValue>(Span<TValue> values, int row) => values.Slice(row * Output.Size, Output.Size);
    }
}
