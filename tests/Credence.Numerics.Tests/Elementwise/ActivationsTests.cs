using Xunit;

namespace Credence.Numerics.Tests;

public sealed class ActivationsTests
{
    private static readonly double[] Points = [-100, -20, -3.1, -1, -0.4, 1e-3, 0.7, 1, 2.5, 19, 100];

    [Theory]
    [InlineData(ActivationKind.Relu)]
    [InlineData(ActivationKind.Gelu)]
    [InlineData(ActivationKind.Silu)]
    [InlineData(ActivationKind.Selu)]
    [InlineData(ActivationKind.Mish)]
    public void Values_AreThoseOfTheFormula_AndSlopesTheirDerivatives(ActivationKind kind)
    {
        const double Step = 1e-6;
        double[] above = new double[Points.Length], below = new double[Points.Length], slopes = new double[Points.Length];
        double[] values = new double[Points.Length], ones = [.. Points.Select(_ => 2.0)];
        Activations.Forward<double>(kind, Points, values);
        Activations.Forward<double>(kind, [.. Points.Select(x => x + Step)], above);
        Activations.Forward<double>(kind, [.. Points.Select(x => x - Step)], below);

        Activations.Backward<double>(kind, Points, ones, slopes);

        for (int i = 0; i < Points.Length; i++)
        {
            Assert.Equal(Formula(kind, Points[i]), values[i], 1e-12 * Math.Max(1, Math.Abs(Points[i])));
            Assert.Equal((above[i] - below[i]) / Step, slopes[i], 1e-7);
        }
    }

    [Fact]
    public void EveryWidthOfVectors_GivesTheSameBits()
    {
        float[] x = Numbers.Single(37, 8, 1), dy = Numbers.Single(37, 1, 2);

        float[][] results = EachWidth.Results(() => (float[])[.. Enum.GetValues<ActivationKind>().SelectMany(kind =>
        {
            float[] y = new float[x.Length], dx = new float[x.Length];
            Activations.Forward<float>(kind, x, y);
            Activations.Backward<float>(kind, x, dy, dx);
            return (float[])[.. y, .. dx];
        })]);

        Assert.All(results, result => Assert.Equal(results[0], result));
    }

    private static double Formula(ActivationKind kind, double x) => kind switch
    {
        ActivationKind.Relu => Math.Max(x, 0),
        ActivationKind.Gelu => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x)))),
        ActivationKind.Silu => x / (1 + Math.Exp(-x)),
        ActivationKind.Selu => 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * (Math.Exp(x) - 1)),
        _ => x * Math.Tanh(Math.Log(1 + Math.Exp(x))),
    };
}
