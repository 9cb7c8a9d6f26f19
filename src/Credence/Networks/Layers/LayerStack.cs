using System.Numerics;

namespace Credence.Networks.Layers;

/// <summary>Layers one after the other, with the memory between them.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class LayerStack<T> : LayerRun<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly LayerRun<T>[] layers;

    // Of each layer but the last: the outputs of each member.
    private readonly T[][][] outputs;
    private readonly T[][] gradients, others;

    private LayerStack(LayerRun<T>[] layers, RunSetting<T> setting)
        : base(layers[0].Input, layers[^1].Output)
    {
        this.layers = layers;
        outputs = [.. layers[..^1].Select(layer => setting.PerMember(layer.Output.Size * setting.ChunkRows))];
        int widest = setting.IsTraining ? layers[..^1].Select(layer => layer.Output.Size).DefaultIfEmpty().Max() : 0;
        gradients = setting.PerMember(widest * setting.ChunkRows);
        others = setting.PerMember(widest * setting.ChunkRows);
    }

    /// <summary>The layers over memory.</summary>
    /// <exception cref="ArgumentException">There is none, or one can't take what the one before gives.</exception>
    public static LayerStack<T> Create(IReadOnlyList<NetworkLayer> layers, LayerShape input, RunSetting<T> setting)
    {
        ArgumentOutOfRangeException.ThrowIfZero(layers.Count, nameof(layers));
        var runs = new LayerRun<T>[layers.Count];
        for (int l = 0; l < runs.Length; l++)
        {
            runs[l] = layers[l].Create(input, setting);
            input = runs[l].Output;
        }

        return new LayerStack<T>(runs, setting);
    }

    /// <inheritdoc/>
    public override IEnumerable<LayerRun<T>> Inner => layers;

    /// <summary>The input of the last layer, as the last forward pass of a member left it.</summary>
    public ReadOnlySpan<T> Penultimate(int member, int rows) =>
        outputs.Length == 0 ? default : outputs[^1][member].AsSpan(0, rows * layers[^1].Input.Size);

    /// <inheritdoc/>
    public override void Take(ReadOnlySpan<T> parameters)
    {
        foreach (LayerRun<T> layer in layers)
            layer.Take(parameters);
    }

    /// <inheritdoc/>
    public override void Forward(in Pass<T> pass, ReadOnlySpan<T> x, Span<T> y)
    {
        for (int l = 0; l < layers.Length; l++)
        {
            Span<T> output = l == layers.Length - 1 ? y : OutputOf(l, pass);
            layers[l].Forward(pass, x, output);
            x = output;
        }
    }

    /// <inheritdoc/>
    public override void Backward(in Pass<T> pass, ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx)
    {
        for (int l = layers.Length - 1; l >= 0; l--)
        {
            ReadOnlySpan<T> input = l == 0 ? x : OutputOf(l - 1, pass), output = l == layers.Length - 1 ? y : OutputOf(l, pass);
            Span<T> before = l == 0 ? dx
                : (l % 2 == 0 ? gradients : others)[pass.Member].AsSpan(0, layers[l].Input.Size * pass.Rows);
            layers[l].Backward(pass, input, output, dy, before);
            dy = before;
        }
    }

    private Span<T> OutputOf(int layer, scoped in Pass<T> pass) =>
        outputs[layer][pass.Member].AsSpan(0, layers[layer].Output.Size * pass.Rows);
}
