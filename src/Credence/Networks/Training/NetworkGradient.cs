using System.Numerics;
using System.Runtime.InteropServices;
using Credence.Networks.Layers;
using Credence.Numerics;

namespace Credence.Networks.Training;

/// <summary>The loss of a batch and its gradient in all parameters.</summary>
/// <remarks>
/// The batch is cut into chunks of a fixed number of rows, each taken forward and backward by one thread. Gradients of few numbers are
/// summed over the chunks in their order; those of dense layers are products over the whole batch, cut by rows of the weights. So the bits
/// depend neither on the number of threads nor on which of them takes a chunk.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class NetworkGradient<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly NetworkRun<T> run;
    private readonly Crew crew;
    private readonly T[][] sums, inputs, logits, logitGradients;
    private readonly double[] losses;
    private readonly List<(LayerRun<T>? Layer, ParameterBlock? Block, int Piece)> pieces = [];
    private readonly Action<int, int> passBody, pieceBody;
    private Batch batch;

    /// <summary>Plans the memory.</summary>
    /// <param name="run">The network, planned for training.</param>
    /// <param name="crew">The threads, no more than planned for.</param>
    public NetworkGradient(NetworkRun<T> run, Crew crew)
    {
        this.run = run;
        this.crew = crew;
        int chunks = Chunks.Count(run.Setting.BatchRows, run.Setting.ChunkRows), classes = run.Stack.Output.Size;
        sums = [.. Enumerable.Range(0, chunks).Select(_ => new T[run.Layout.Sums])];
        inputs = run.Setting.PerMember(run.Stack.Input.Size * run.Setting.ChunkRows);
        logits = run.Setting.PerMember(classes * run.Setting.ChunkRows);
        logitGradients = run.Setting.PerMember(classes * run.Setting.ChunkRows);
        losses = new double[chunks];
        Gradient = new T[run.Layout.Count];
        pieces.AddRange(run.Layout.Blocks.Where(block => block.Sums >= 0).Select(block => ((LayerRun<T>?)null, (ParameterBlock?)block, 0)));
        foreach (LayerRun<T> layer in run.Layers)
            pieces.AddRange(Enumerable.Range(0, layer.WholePieces).Select(piece => ((LayerRun<T>?)layer, (ParameterBlock?)null, piece)));

        passBody = Pass;
        pieceBody = Piece;
    }

    /// <summary>Fills a chunk's inputs.</summary>
    /// <param name="rows">The rows, in the order of the chunk.</param>
    /// <param name="noise">Random numbers for augmentation.</param>
    /// <param name="inputs">[rows, input], overwritten.</param>
    public delegate void Fill(ReadOnlySpan<int> rows, Rng noise, Span<T> inputs);

    /// <summary>The gradient; for averages, the mean over the chunks of what they measured.</summary>
    public T[] Gradient { get; }

    /// <summary>The mean loss of the batch, Σ w·(−ln p) / Σ w, and, in <see cref="Gradient"/>, its gradient.</summary>
    /// <param name="rows">The batch's rows, no more than planned for.</param>
    /// <param name="labels">The class of each row of the data.</param>
    /// <param name="weights">The weight of each row of the data; null where all are 1.</param>
    /// <param name="fill">Makes the inputs.</param>
    /// <param name="noise">The batch's random numbers.</param>
    public double Compute(ReadOnlyMemory<int> rows, int[] labels, double[]? weights, Fill fill, Rng noise)
    {
        double total = rows.Length;
        if (weights is not null)
        {
            total = 0;
            foreach (int row in rows.Span)
                total += weights[row];
        }

        // A batch without weight has a loss and a gradient of 0.
        total = total > 0 ? total : 1;

        batch = new Batch(rows, labels, weights, fill, noise, total);
        int chunks = Chunks.Count(rows.Length, run.Setting.ChunkRows);
        crew.Run(chunks, passBody);
        crew.Run(pieces.Count, pieceBody);
        double loss = 0;
        for (int chunk = 0; chunk < chunks; chunk++)
            loss += losses[chunk];

        return loss;
    }

    private void Pass(int chunk, int member)
    {
        int first = chunk * run.Setting.ChunkRows, count = Math.Min(run.Setting.ChunkRows, batch.Rows.Length - first);
        ReadOnlySpan<int> rows = batch.Rows.Span.Slice(first, count);
        Rng noise = batch.Noise.Split((ulong)chunk);
        Span<T> x = inputs[member].AsSpan(0, count * run.Stack.Input.Size), z = logits[member].AsSpan(0, count * run.Stack.Output.Size);
        Span<T> dz = logitGradients[member].AsSpan(0, z.Length);
        batch.Fill(rows, noise, x);
        var pass = new Pass<T>(member, chunk, first, count, noise, sums[chunk]);
        run.Stack.Forward(pass, x, z);
        losses[chunk] = Loss(rows, z, dz);
        run.Stack.Backward(pass, x, z, dz, default);
    }

    private double Loss(ReadOnlySpan<int> rows, ReadOnlySpan<T> z, Span<T> dz)
    {
        Span<int> labels = stackalloc int[rows.Length];
        Span<T> weights = stackalloc T[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            labels[i] = batch.Labels[rows[i]];
            weights[i] = T.CreateTruncating((batch.Weights is null ? 1 : batch.Weights[rows[i]]) / batch.Total);
        }

        int classes = run.Stack.Output.Size;
        return typeof(T) == typeof(float)
            ? CrossEntropy.LossAndGradientRows(
                MemoryMarshal.Cast<T, float>(z), classes, labels, MemoryMarshal.Cast<T, float>(weights), MemoryMarshal.Cast<T, float>(dz))
            : CrossEntropy.LossAndGradientRows(
                MemoryMarshal.Cast<T, double>(z), classes, labels, MemoryMarshal.Cast<T, double>(weights),
                MemoryMarshal.Cast<T, double>(dz));
    }

    private void Piece(int piece, int member)
    {
        (LayerRun<T>? layer, ParameterBlock? block, int part) = pieces[piece];
        if (layer is not null)
        {
            layer.WholeGradient(part, batch.Rows.Length, Gradient);
            return;
        }

        int chunks = Chunks.Count(batch.Rows.Length, run.Setting.ChunkRows);
        Span<T> sum = Gradient.AsSpan(block!.Start, block.Count);
        sums[0].AsSpan(block.Sums, block.Count).CopyTo(sum);
        for (int chunk = 1; chunk < chunks; chunk++)
            Vectors.AddScaled(T.One, sums[chunk].AsSpan(block.Sums, block.Count), sum);

        if (block.Role == ParameterRole.Average)
            Vectors.Scale(T.One / T.CreateTruncating(chunks), sum);
    }

    private readonly record struct Batch(ReadOnlyMemory<int> Rows, int[] Labels, double[]? Weights, Fill Fill, Rng Noise, double Total);
}
