using Credence.Features.Matrices;
using Credence.LogitModels;
using Credence.Networks.Layers;
using Credence.Networks.Training;
using Credence.Numerics;

namespace Credence.Networks;

/// <summary>A network for tables in the manner of RealMLP (D. Holzmüller, L. Grinsztajn, I. Steinwart, Better by Default, 2024): robustly
/// scaled and clipped numbers with periodic features beside them, three wide layers.</summary>
/// <param name="options">How it is trained; null adapts it to the number of rows.</param>
internal sealed class TableDesign(NetworkOptions? options) : INetworkDesign
{
    private const int Hidden = 256, Waves = 16, Combinations = 3, MostFeatures = 4096, MostNumbers = 512;
    private const double DropoutRate = 0.15;

    /// <inheritdoc/>
    public string Name => "network";

    /// <inheritdoc/>
    public string? Unsuited(LearnerRows rows) =>
        rows.Pipeline.SplitColumns(out string? reason) is null ? reason
        : rows.Features is DenseMatrix { Columns: <= MostFeatures } ? null
        : $"{rows.Features.Columns} features, most of them 0, suit a linear model";

    /// <inheritdoc/>
    public NetworkPlan Plan(LearnerRows rows)
    {
        SplitColumn[] columns = rows.Pipeline.SplitColumns(out _)!;
        var features = (DenseMatrix)rows.Features;
        int[] numbers = [.. columns.Where(column => !column.IsCategory).Select(column => column.First)];
        NetworkInputs inputs = Inputs(features, numbers);
        var layers = new List<NetworkLayer>();
        if (numbers.Length is > 0 and <= MostNumbers)
            layers.Add(new PeriodicLayer(numbers.Length, Waves, Combinations));

        for (int i = 0; i < 3; i++)
            layers.AddRange([new DenseLayer(Hidden), new ActivationLayer(ActivationKind.Mish), new DropoutLayer(DropoutRate)]);

        layers.Add(new DenseLayer(rows.Labels.Classes) { Gain = 1 });
        return new NetworkPlan(
            new Network(LayerShape.Vector(inputs.Size), layers), inputs, options ?? Adapted(rows.Labels.Count), null);
    }

    /// <summary>Numbers first: (x − median) / interquartile range, clipped; half the range where the quartiles are equal.</summary>
    private static NetworkInputs Inputs(DenseMatrix features, int[] numbers)
    {
        int count = features.Columns;
        var places = new int[count];
        var centers = new float[count];
        var factors = new float[count];
        var isNumber = new bool[count];
        Array.Fill(factors, 1);
        var column = new float[features.Rows];
        for (int i = 0; i < numbers.Length; i++)
        {
            int j = numbers[i];
            (isNumber[j], places[j]) = (true, i);
            for (int row = 0; row < column.Length; row++)
                column[row] = features.Row(row)[j];

            Array.Sort(column);
            double range = At(column, 0.75) - At(column, 0.25);
            if (!(range > 0))
                range = (column[^1] - column[0]) / 2;

            centers[j] = (float)At(column, 0.5);
            factors[j] = range > 0 ? (float)(1 / range) : 0;
        }

        int next = numbers.Length;
        for (int j = 0; j < count; j++)
        {
            if (!isNumber[j])
                places[j] = next++;
        }

        return new NetworkInputs(count, places, centers, factors, isNumber);
    }

    private static double At(float[] sorted, double quantile)
    {
        double place = quantile * (sorted.Length - 1);
        int below = (int)place;
        double rest = place - below;
        return rest == 0 ? sorted[below] : ((1 - rest) * sorted[below]) + (rest * sorted[below + 1]);
    }

    private static NetworkOptions Adapted(int rows)
    {
        int batch = Math.Clamp(rows / 40, 32, 256);
        return new NetworkOptions
        {
            Epochs = (int)Math.Clamp(1_200_000.0 / rows, 20, 120),
            BatchRows = batch,
            LearningRate = 0.003,
            WeightDecay = 0.02,
        };
    }
}
