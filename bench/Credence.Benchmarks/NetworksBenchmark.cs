using System.Diagnostics;
using System.Globalization;
using Credence.Networks;
using Credence.Networks.Layers;
using Credence.Networks.Training;
using Credence.Numerics;

namespace Credence.Benchmarks;

/// <summary>Training steps of small networks beside PyTorch's, on random rows.</summary>
internal sealed class NetworksBenchmark : IBenchmark
{
    private const int Turns = 5, ChunkRows = 16;

    private static readonly NetworkLayer Rectifier = new ActivationLayer(ActivationKind.Relu);

    /// <inheritdoc/>
    public string Verb => "networks";

    /// <inheritdoc/>
    public string Summary => "training steps of small networks beside PyTorch's";

    /// <inheritdoc/>
    public int Run(string[] args)
    {
        var report = Report.OfStudy(
            "networks",
            $"The least seconds a step of {Turns} turns. PyTorch is the faster of its one and two threads; both sides take random "
                + "rows in float. GFLOP/s count the products of the forward pass three times.",
            "network", "one thread, ms", "two threads, ms", "GFLOP/s", "PyTorch, ms", "PyTorch / ours");
        (string Name, string Kind, Network Network, int Batch, bool Steps, int Count)[] works =
        [
            ("784-128-10, batch 128", "mlp",
                new(LayerShape.Vector(784), [new DenseLayer(128), Rectifier, new DenseLayer(10) { Gain = 1 }]), 128, true, 200),
            ("convolutions 16, 32, units 128, batch 128", "cnn",
                new(
                    new LayerShape(28, 28, 1),
                    [
                        new ConvolutionLayer(16, 3, 3), Rectifier, new MaxPoolingLayer(2, 2), new ConvolutionLayer(32, 3, 3), Rectifier,
                        new MaxPoolingLayer(2, 2), new DenseLayer(128), Rectifier, new DenseLayer(10) { Gain = 1 },
                    ]), 128, true, 20),
            ("attention block, 64 × 64, 4 heads, batch 64", "attention", Block(), 64, false, 20),
        ];
        foreach ((string name, string kind, Network network, int batch, bool steps, int count) in works)
        {
            double one = Seconds(network, batch, steps, count, 1), two = Seconds(network, batch, steps, count, 2);
            double least = Math.Min(one, two);
            double[] theirs = [.. new[] { 1, 2 }.Select(threads => Peer(kind, threads, count)).OfType<double>()];
            double flops = 6 * NetworkWork.MultiplyAdds(network) * batch / least / 1e9;
            report.Row(
                name, Milliseconds(one), Milliseconds(two), flops.ToString("0", CultureInfo.InvariantCulture),
                theirs.Length == 0 ? "–" : Milliseconds(theirs.Min()),
                theirs.Length == 0 ? "–" : (theirs.Min() / least).ToString("0.00", CultureInfo.InvariantCulture));
        }

        report.Write();
        return 0;
    }

    private static Network Block() => new(
        new LayerShape(1, 64, 64),
        [
            new ResidualLayer([new LayerNormalizationLayer(), new AttentionLayer(4)]),
            new ResidualLayer(
            [
                new LayerNormalizationLayer(), new ConvolutionLayer(256, 1, 1), new ActivationLayer(ActivationKind.Gelu),
                new ConvolutionLayer(64, 1, 1),
            ]),
            new GlobalAverageLayer(), new DenseLayer(10) { Gain = 1 },
        ]);

    private static double Seconds(Network network, int batch, bool steps, int count, int threads)
    {
        NetworkRun<float> run = network.Run<float>(threads, ChunkRows, batch, isTraining: true);
        using var crew = new Crew(threads);
        var gradient = new NetworkGradient<float>(run, crew);
        var step = new NetworkStep(run.Layout, gradient.Gradient, crew);
        var random = new Rng(1);
        run.Initial(random.Split(0)).CopyTo(step.Parameters, 0);
        run.Stack.Take(step.Parameters);
        int size = network.Input.Size;
        var x = new float[batch * size];
        random.FillNormal(x);
        int[] labels = [.. Enumerable.Range(0, batch).Select(_ => random.NextInt(10))], rows = [.. Enumerable.Range(0, batch)];
        long number = 0;
        double least = double.PositiveInfinity;
        for (int turn = 0; turn <= Turns; turn++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < count; i++)
            {
                gradient.Compute(rows, labels, null, Fill, random.Split((ulong)number));
                number++;
                if (steps)
                {
                    step.Take(number, 0.001, 0, double.MaxValue);
                    run.Stack.Take(step.Parameters);
                }
            }

            if (turn > 0)
                least = Math.Min(least, Stopwatch.GetElapsedTime(start).TotalSeconds / count);
        }

        return least;

        void Fill(ReadOnlySpan<int> which, Rng noise, Span<float> inputs)
        {
            for (int i = 0; i < which.Length; i++)
                x.AsSpan(which[i] * size, size).CopyTo(inputs[(i * size)..]);
        }
    }

    private static double? Peer(string kind, int threads, int count)
    {
        string script = Path.Combine(Repository.Folder() ?? ".", "bench", "peers", "torch_networks.py");
        string? said = Programs.Say(
            "/usr/bin/python3", script, kind, threads.ToString(CultureInfo.InvariantCulture), count.ToString(CultureInfo.InvariantCulture));
        return said is null ? null : double.Parse(said, CultureInfo.InvariantCulture);
    }

    private static string Milliseconds(double seconds) => (seconds * 1000).ToString("0.000", CultureInfo.InvariantCulture);
}
