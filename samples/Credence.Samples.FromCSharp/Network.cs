using Credence.Data;

namespace Credence.Samples.FromCSharp;

/// <summary>Stands for a network that was trained elsewhere: three logits per flower, four times too sure.</summary>
internal static class Network
{
    public static string[] Classes { get; } = ["setosa", "versicolor", "virginica"];

    public static float[] Logits(Flower flower)
    {
        double size = flower.PetalLength + (2 * flower.PetalWidth) - 8;
        return [(float)(-8 * (size + 3.5)), (float)(2 - (4 * size)), (float)(4 * size)];
    }

    public static Labels Truth(IEnumerable<Flower> flowers) => Labels.From(flowers.Select(flower => flower.Species), Classes);
}
