using Credence.Networks.Layers;
using Credence.Numerics;

namespace Credence.Networks.Training;

/// <summary>Trains a network epoch by epoch.</summary>
internal sealed class NetworkTrainer : IDisposable
{
    /// <summary>Rows that a thread takes through the network at once.</summary>
    private const int ChunkRows = 16;

    /// <summary>Parameters are averaged over about this share of the steps.</summary>
    private const double AveragedPart = 0.03;

    private readonly Crew crew;
    private readonly NetworkRun<float> run;
    private readonly NetworkGradient<float> gradient;
    private readonly NetworkStep step;
    private readonly NetworkRows rows;
    private readonly NetworkOptions options;
    private readonly int[] train;
    private readonly Rng rng;
    private readonly NetworkGradient<float>.Fill fill;
    private readonly float[][] inputs, scores;
    private long steps;

    /// <summary>Plans the memory and draws the first parameters.</summary>
    /// <param name="network">The network.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="train">Those to train on.</param>
    /// <param name="options">How.</param>
    /// <param name="seed">The random seed.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core. The bits don't depend on it.</param>
    public NetworkTrainer(Network network, NetworkRows rows, int[] train, NetworkOptions options, ulong seed, int maxThreads)
    {
        this.rows = rows;
        this.options = options;
        this.train = train;
        int batch = Math.Min(options.BatchRows, train.Length);
        int members = Math.Clamp(Chunks.Threads(maxThreads), 1, Math.Max(1, Chunks.Count(batch, ChunkRows)));
        crew = new Crew(members);
        run = network.Run<float>(members, ChunkRows, batch, isTraining: true);
        gradient = new NetworkGradient<float>(run, crew);
        step = new NetworkStep(run.Layout, gradient.Gradient, crew);
        rng = new Rng(seed);
        run.Initial(rng.Split(0)).CopyTo(step.Parameters, 0);
        fill = Fill;
        inputs = run.Setting.PerMember(network.Input.Size * ChunkRows);
        scores = run.Setting.PerMember(run.Stack.Output.Size * ChunkRows);
    }

    /// <summary>Epochs so far.</summary>
    public int Epoch { get; private set; }

    /// <summary>The mean training loss of the last epoch.</summary>
    public double Loss { get; private set; }

    /// <summary>The averaged parameters, which <see cref="Score"/> uses.</summary>
    public float[] Parameters => step.Averaged;

    /// <summary>Makes one pass over the rows.</summary>
    /// <param name="progress">Receives the share of the epoch that is done.</param>
    /// <param name="cancellationToken">Looked at before each step.</param>
    /// <exception cref="InvalidDataException">The loss is no longer finite.</exception>
    public void MakeEpoch(Action<double>? progress, CancellationToken cancellationToken)
    {
        Rng epoch = rng.Split((ulong)Epoch + 1);
        int[] order = [.. train];
        epoch.Shuffle<int>(order);
        int size = Math.Min(options.BatchRows, train.Length), batches = Math.Max(1, train.Length / size);
        long all = (long)batches * options.Epochs;
        double loss = 0;
        run.Stack.Take(step.Parameters);
        for (int b = 0; b < batches; b++)
        {
            cancellationToken.ThrowIfCancellationRequested();

            // The rows that fill no batch are left out of this epoch; the next has another order.
            double own = gradient.Compute(order.AsMemory(b * size, size), rows.Labels, rows.Weights, fill, epoch.Split((ulong)b));
            if (!double.IsFinite(own))
            {
                throw new InvalidDataException(
                    $"The network's loss is {own} in epoch {Epoch + 1}: a number of the rows is too large, or the learning rate is.");
            }

            loss += own;
            step.AveragedShare = (float)Math.Max(1.0 / (steps + 1), 1 / (1 + (AveragedPart * all)));
            step.Take(steps + 1, options.RateAt(steps, all), options.WeightDecay, options.MostNorm);
            steps++;
            run.Stack.Take(step.Parameters);
            progress?.Invoke((b + 1.0) / batches);
        }

        Epoch++;
        Loss = loss / batches;
    }

    /// <summary>The logits of rows by the averaged parameters.</summary>
    /// <param name="which">The rows.</param>
    /// <param name="logits">[rows, classes], overwritten.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public void Score(int[] which, double[] logits, CancellationToken cancellationToken)
    {
        int classes = run.Stack.Output.Size, size = run.Stack.Input.Size;
        run.Stack.Take(step.Averaged);
        crew.Run(Chunks.Count(which.Length, ChunkRows), (chunk, member) =>
        {
            if (cancellationToken.IsCancellationRequested)
                return;

            int first = chunk * ChunkRows, count = Math.Min(ChunkRows, which.Length - first);
            Span<float> x = inputs[member].AsSpan(0, count * size);
            for (int i = 0; i < count; i++)
                rows.Fill(which[first + i], null, x.Slice(i * size, size));

            Span<float> own = scores[member].AsSpan(0, count * classes);
            run.Score(member, x, count, own);
            for (int i = 0; i < own.Length; i++)
                logits[(first * classes) + i] = own[i];
        });
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose() => crew.Dispose();

    private void Fill(ReadOnlySpan<int> which, Rng noise, Span<float> x)
    {
        int size = run.Stack.Input.Size;
        Rng own = noise.Split(ulong.MaxValue);
        for (int i = 0; i < which.Length; i++)
            rows.Fill(which[i], own, x.Slice(i * size, size));
    }
}
