using System.Numerics;
using System.Text.Json.Nodes;
using Credence.Numerics;

namespace Credence.Networks.Layers;

/// <summary>A function of each value.</summary>
/// <param name="Function">The function.</param>
public sealed record ActivationLayer(ActivationKind Function) : NetworkLayer
{
    internal const string KindName = "activation";

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <inheritdoc/>
    public override string Description => Function.ToString().ToLowerInvariant();

    /// <inheritdoc/>
    public override LayerShape Output(LayerShape input) => input;

    internal override JsonObject Save() => new() { ["function"] = Function.ToString().ToLowerInvariant() };

    internal override LayerRun<T> Create<T>(LayerShape input, RunSetting<T> setting) => new Run<T>(Function, input);

    private sealed class Run<T>(ActivationKind function, LayerShape input) : LayerRun<T>(input, input)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override void Forward(in Pass<T> pass, ReadOnlySpan<T> x, Span<T> y) => Activations.Forward(function, x, y);

        public override void Backward(in Pass<T> pass, ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx)
        {
            if (!dx.IsEmpty)
                Activations.Backward(function, x, dy, dx);
        }
    }
}
