using System.Numerics;
using System.Text.Json.Nodes;

namespace Credence.Networks.Layers;

/// <summary>A layer as data: what it computes, without parameters. A network is a list of them.</summary>
public abstract record NetworkLayer
{
    /// <summary>The name in a model file, such as <c>dense</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>The layer for a reader: "convolution, 32 filters of 3 × 3".</summary>
    public virtual string Description => Kind.Replace('_', ' ');

    /// <summary>The shape of its output.</summary>
    /// <param name="input">The shape of its input.</param>
    /// <exception cref="ArgumentException">The layer can't take the input.</exception>
    public abstract LayerShape Output(LayerShape input);

    /// <summary>The layer, its numbers beside the kind.</summary>
    internal abstract JsonObject Save();

    /// <summary>The layer over memory, its parameters added to a layout.</summary>
    internal abstract LayerRun<T> Create<T>(LayerShape input, RunSetting<T> setting)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
