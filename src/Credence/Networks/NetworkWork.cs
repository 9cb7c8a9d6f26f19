using Credence.Networks.Layers;

namespace Credence.Networks;

/// <summary>Counts work, the same on every machine.</summary>
internal static class NetworkWork
{
    /// <summary>The multiply-adds of one row's forward pass in the layers that have products.</summary>
    public static double MultiplyAdds(Network network) => Count(network.Layers, network.Input);

    private static double Count(IReadOnlyList<NetworkLayer> layers, LayerShape shape)
    {
        double count = 0;
        foreach (NetworkLayer layer in layers)
        {
            count += layer switch
            {
                DenseLayer dense => (double)shape.Size * dense.Units,
                ConvolutionLayer filters => (double)shape.Size * filters.KernelHeight * filters.KernelWidth * filters.Filters,
                ResidualLayer residual => Count(residual.Layers, shape),
                MixtureLayer mixture => mixture.Experts.Sum(expert => Count(expert, shape)),
                DepthwiseLayer depthwise => (double)shape.Size * depthwise.KernelHeight * depthwise.KernelWidth,
                AttentionLayer => shape.Size * ((4.0 * shape.Channels) + (2.0 * shape.Places)),
                _ => shape.Size,
            };
            shape = layer.Output(shape);
        }

        return count;
    }
}
