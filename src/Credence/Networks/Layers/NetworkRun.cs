using System.Numerics;
using Credence.Numerics;

namespace Credence.Networks.Layers;

/// <summary>A network with its memory: one caller at a time.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="Stack">The layers.</param>
/// <param name="Setting">How the memory was planned.</param>
internal sealed record NetworkRun<T>(LayerStack<T> Stack, RunSetting<T> Setting)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The parameters.</summary>
    public ParameterLayout Layout => Setting.Layout;

    /// <summary>All layers, those inside of others too.</summary>
    public IEnumerable<LayerRun<T>> Layers => All(Stack);

    /// <summary>Parameters before training. Each block draws from a stream of its own.</summary>
    public T[] Initial(Rng rng)
    {
        var parameters = new T[Layout.Count];
        for (int b = 0; b < Layout.Blocks.Count; b++)
        {
            ParameterBlock block = Layout.Blocks[b];
            Rng own = rng.Split((ulong)b);
            for (int i = 0; i < block.Count; i++)
            {
                double draw = block.Deviation == 0 ? 0
                    : block.IsUniform ? block.Deviation * ((2 * own.NextDouble()) - 1) : block.Deviation * own.NextNormal();
                parameters[block.Start + i] = T.CreateTruncating(block.Initial + draw);
            }
        }

        return parameters;
    }

    /// <summary>The logits of at most a chunk's rows in prediction.</summary>
    public void Score(int member, ReadOnlySpan<T> x, int rows, Span<T> logits) =>
        Stack.Forward(new Pass<T>(member, 0, 0, rows, null, default), x, logits);

    private static IEnumerable<LayerRun<T>> All(LayerRun<T> layer) => [layer, .. layer.Inner.SelectMany(All)];
}
