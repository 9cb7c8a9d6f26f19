using System.Numerics;
using System.Text.Json.Nodes;
using Credence.Numerics;

namespace Credence.Networks.Layers;

/// <summary>y = x + f(x), f some layers that keep the shape (K. He and others, Deep Residual Learning, 2015).</summary>
/// <param name="Layers">The layers of f, at least one.</param>
public sealed record ResidualLayer(IReadOnlyList<NetworkLayer> Layers) : NetworkLayer
{
    internal const string KindName = "residual";

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <inheritdoc/>
    public override string Description => $"x + ({string.Join("; ", Layers.Select(layer => layer.Description))})";

    /// <inheritdoc/>
    public override LayerShape Output(LayerShape input)
    {
        LayerShape output = Layers.Aggregate(input, (shape, layer) => layer.Output(shape));
        return output == input && Layers.Count > 0 ? input
            : throw new ArgumentException($"The layers of a residual layer give {output} for {input}; the shapes must be equal.");
    }

    internal override JsonObject Save() => new() { ["layers"] = LayerFormat.Save(Layers) };

    internal override LayerRun<T> Create<T>(LayerShape input, RunSetting<T> setting) =>
        new Run<T>(LayerStack<T>.Create(Layers, Output(input), setting));

    private sealed class Run<T>(LayerStack<T> inner) : LayerRun<T>(inner.Input, inner.Output)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override IEnumerable<LayerRun<T>> Inner => [inner];

        public override void Take(ReadOnlySpan<T> parameters) => inner.Take(parameters);

        // The layers inside never read their last output, so y may hold x + f(x).
        public override void Forward(in Pass<T> pass, ReadOnlySpan<T> x, Span<T> y)
        {
            inner.Forward(pass, x, y);
            Vectors.AddScaled(T.One, x, y);
        }

        public override void Backward(in Pass<T> pass, ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx)
        {
            inner.Backward(pass, x, y, dy, dx);
            if (!dx.IsEmpty)
                Vectors.AddScaled(T.One, dy, dx);
        }
    }
}
