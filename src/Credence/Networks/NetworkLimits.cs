using Credence.Networks.Layers;

namespace Credence.Networks;

/// <summary>Limits of networks that come from a file, checked before memory is planned.</summary>
internal static class NetworkLimits
{
    private const long MostValues = 1 << 27;

    /// <summary>Checks that the memory of a network is bounded by its parameters and a limit.</summary>
    /// <param name="network">The network.</param>
    /// <param name="parameters">The parameters that are there.</param>
    /// <exception cref="ArgumentException">It is too large, or a layer can't take what the one before gives.</exception>
    public static void Check(Network network, int parameters)
    {
        LayerShape shape = network.Input;
        long values = shape.Size, weights = 0;
        Add(network.Layers, ref shape, ref values, ref weights);
        if (values * 16 > MostValues)
            throw new ArgumentException($"Its layers give {values:N0} values for a row; the limit is {MostValues / 16:N0}.");

        if (weights > parameters)
            throw new ArgumentException($"Its layers need at least {weights:N0} parameters; there are {parameters:N0}.");
    }

    private static void Add(IReadOnlyList<NetworkLayer> layers, ref LayerShape shape, ref long values, ref long weights)
    {
        foreach (NetworkLayer layer in layers)
        {
            LayerShape before = shape;
            foreach (IReadOnlyList<NetworkLayer> within in Within(layer))
            {
                LayerShape inner = shape;
                Add(within, ref inner, ref values, ref weights);
            }

            shape = layer.Output(shape);
            values = checked(values + (layer is AttentionLayer ? 8L * shape.Size : shape.Size));
            weights = checked(weights + layer switch
            {
                DenseLayer dense => (long)before.Size * dense.Units,
                ConvolutionLayer filters => (long)before.Channels * filters.KernelHeight * filters.KernelWidth * filters.Filters,
                PeriodicLayer periodic => (long)periodic.Numbers * periodic.Waves * (2 + periodic.Combinations),
                AttentionLayer => 4L * before.Channels * before.Channels,
                _ => 0,
            });
        }
    }

    private static IEnumerable<IReadOnlyList<NetworkLayer>> Within(NetworkLayer layer) =>
        layer is ResidualLayer residual ? [residual.Layers] : layer is MixtureLayer mixture ? mixture.Experts : [];
}
