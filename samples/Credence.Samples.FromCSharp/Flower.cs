using System.Globalization;

namespace Credence.Samples.FromCSharp;

internal sealed record Flower(double SepalLength, double SepalWidth, double PetalLength, double PetalWidth, string? Species)
{
    public static Flower[] All() =>
    [
        .. File.ReadLines("iris.csv").Skip(1).Select(line => line.Split(',')).Select(cells => new Flower(
            Number(cells[0]), Number(cells[1]), Number(cells[2]), Number(cells[3]), cells[4])),
    ];

    private static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);
}
