using Xunit;

namespace Credence.Numerics.Tests;

public sealed class ConvolutionTests
{
    public static TheoryData<int, int, int, int, int, int> Shapes => new()
    {
        { 1, 1, 1, 1, 1, 1 }, { 5, 7, 1, 3, 3, 3 }, { 7, 7, 16, 32, 3, 3 }, { 4, 6, 5, 17, 5, 3 }, { 1, 12, 6, 9, 1, 5 },
            { 3, 2, 33, 2, 3, 1 },
        { 6, 6, 2, 40, 1, 1 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void ForwardAndGradients_AreTheSumsOfTheirDefinition(int height, int width, int channels, int filters, int kernelHeight,
        int kernelWidth)
    {
        var shape = new ConvolutionShape(height, width, channels, filters, kernelHeight, kernelWidth);
        double[] x = Numbers.Uniform(shape.Pixels * channels, 1, 1), w = Numbers.Uniform(shape.Terms * filters, 1, 2);
        double[] dy = Numbers.Uniform(shape.Pixels * filters, 1, 3);
        double[] y = new double[dy.Length], dx = new double[x.Length], dw = new double[w.Length];
        Sums(shape, (input, weight, output) =>
        {
            y[output] += x[input] * w[weight];
            dx[input] += dy[output] * w[weight];
            dw[weight] += dy[output] * x[input];
        });

        (double[] forward, double[] back, double[] ofFilters) = Computed(shape, x, w, dy);

        Equal(y, forward);
        Equal(dx, back);
        Equal(dw, ofFilters);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void EveryWidthOfVectors_GivesTheSameBits(int height, int width, int channels, int filters, int kernelHeight, int kernelWidth)
    {
        var shape = new ConvolutionShape(height, width, channels, filters, kernelHeight, kernelWidth);
        float[] x = Numbers.Single(shape.Pixels * channels, 1, 1), w = Numbers.Single(shape.Terms * filters, 1, 2);
        float[] dy = Numbers.Single(shape.Pixels * filters, 1, 3);

        float[][] results = EachWidth.Results(() =>
        {
            (float[] y, float[] dx, float[] dw) = Computed(shape, x, w, dy);
            return (float[])[.. y, .. dx, .. dw];
        });

        Assert.All(results, result => Assert.Equal(results[0], result));
    }

    [Fact]
    public void FilterGradient_IsAddedToWhatIsThere()
    {
        var shape = new ConvolutionShape(3, 3, 2, 2, 3, 3);
        double[] padded = new double[shape.Padded(2)], ofOutput = new double[shape.Padded(2)], once = new double[36],
            twice = new double[36];
        Convolution.Pad<double>(Numbers.Uniform(18, 1, 1), shape, 2, padded);
        Convolution.Pad<double>(Numbers.Uniform(18, 1, 2), shape, 2, ofOutput);

        Convolution.AddFilterGradient<double>(padded, shape, ofOutput, once, accumulate: false);
        Convolution.AddFilterGradient<double>(padded, shape, ofOutput, twice, accumulate: false);
        Convolution.AddFilterGradient<double>(padded, shape, ofOutput, twice, accumulate: true);

        Equal([.. once.Select(value => 2 * value)], twice);
    }

    [Fact]
    public void ImpossibleShapes_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => new ConvolutionShape(3, 3, 1, 1, 2, 3).Check());
        Assert.Throws<ArgumentException>(() => new ConvolutionShape(0, 3, 1, 1, 3, 3).Check());
    }

    private static (T[] Forward, T[] Back, T[] OfFilters) Computed<T>(ConvolutionShape shape, T[] x, T[] w, T[] dy)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        ConvolutionShape turnedShape = shape with { Channels = shape.Filters, Filters = shape.Channels };
        var filters = new PackedMatrix<T>(shape.Terms, shape.Filters);
        var turned = new PackedMatrix<T>(turnedShape.Terms, shape.Channels);
        filters.Pack(w);
        Convolution.PackTurned(w, shape, turned);
        T[] padded = new T[shape.Padded(shape.Channels)], ofOutput = new T[shape.Padded(shape.Filters)];
        T[] patches = new T[shape.Pixels * Math.Max(shape.Terms, turnedShape.Terms)];
        T[] y = new T[shape.Pixels * shape.Filters], dx = new T[x.Length], dw = new T[w.Length];
        Convolution.Pad<T>(x, shape, shape.Channels, padded);
        Convolution.Pad<T>(dy, shape, shape.Filters, ofOutput);
        Convolution.Forward<T>(padded, shape, filters, patches, y);
        Convolution.AddFilterGradient<T>(padded, shape, ofOutput, dw, accumulate: false);
        Convolution.Forward<T>(ofOutput, turnedShape, turned, patches, dx);
        return (y, dx, dw);
    }

    /// <summary>Calls with the index of each input, weight and output that belong together.</summary>
    private static void Sums(ConvolutionShape shape, Action<int, int, int> add)
    {
        for (int y = 0; y < shape.Height; y++)
            for (int x = 0; x < shape.Width; x++)
                for (int ky = 0; ky < shape.KernelHeight; ky++)
                    for (int kx = 0; kx < shape.KernelWidth; kx++)
                    {
                        int fromY = y + ky - (shape.KernelHeight / 2), fromX = x + kx - (shape.KernelWidth / 2);
                        if (fromY < 0 || fromX < 0 || fromY >= shape.Height || fromX >= shape.Width)
                            continue;

                        int from = (fromY * shape.Width) + fromX;
                        for (int c = 0; c < shape.Channels; c++)
                            for (int f = 0; f < shape.Filters; f++)
                            {
                                int weight = (((((ky * shape.KernelWidth) + kx) * shape.Channels) + c) * shape.Filters) + f;
                                add((from * shape.Channels) + c, weight, (((y * shape.Width) + x) * shape.Filters) + f);
                            }
                    }
    }

    private static void Equal(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-12);
    }
}
