using System.Numerics;

namespace Credence.Networks.Layers;

/// <summary>A network as data: the shape of its input and its layers. The last gives the logits.</summary>
/// <param name="Input">The shape of a row.</param>
/// <param name="Layers">At least one layer.</param>
public sealed record Network(LayerShape Input, IReadOnlyList<NetworkLayer> Layers)
{
    /// <summary>The shape of its output.</summary>
    /// <exception cref="ArgumentException">A layer can't take what the one before gives.</exception>
    public LayerShape Output() => Layers.Aggregate(Input, (shape, layer) => layer.Output(shape));

    /// <summary>Each layer for a reader, with the shape of its output and its number of parameters.</summary>
    public IReadOnlyList<(string Layer, LayerShape Output, int Parameters)> Describe()
    {
        var described = new List<(string Layer, LayerShape Output, int Parameters)>();
        LayerShape shape = Input;
        foreach (NetworkLayer layer in Layers)
        {
            int parameters = new Network(shape, [layer]).Parameters();
            shape = layer.Output(shape);
            described.Add((layer.Description, shape, parameters));
        }

        return described;
    }

    /// <summary>The number of parameters, the moving averages of normalisation among them.</summary>
    public int Parameters()
    {
        var layout = new ParameterLayout();
        _ = LayerStack<float>.Create(Layers, Input, new RunSetting<float>(layout, 1, 1, 1, false));
        return layout.Count;
    }

    /// <summary>The layers over memory.</summary>
    /// <param name="members">The number of threads.</param>
    /// <param name="chunkRows">The most rows that a thread takes through the network at once.</param>
    /// <param name="batchRows">The most rows of a step.</param>
    /// <param name="isTraining">Whether there are backward passes.</param>
    internal NetworkRun<T> Run<T>(int members, int chunkRows, int batchRows, bool isTraining)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var layout = new ParameterLayout();
        var setting = new RunSetting<T>(layout, members, chunkRows, batchRows, isTraining);
        return new NetworkRun<T>(LayerStack<T>.Create(Layers, Input, setting), setting);
    }
}
