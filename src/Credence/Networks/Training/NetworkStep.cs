using Credence.Networks.Layers;
using Credence.Numerics;

namespace Credence.Networks.Training;

/// <summary>Updates a network's parameters by their gradient: Adam with decoupled decay and a bound on the gradient's norm.</summary>
/// <remarks>Cut into pieces by size, so that the bits do not depend on the number of threads.</remarks>
internal sealed class NetworkStep
{
    /// <summary>The share of a batch's measure in a moving average.</summary>
    private const float AverageRate = 0.1f;

    private const int PieceLength = 4096;

    private readonly Crew crew;
    private readonly (ParameterBlock Block, int From, int Count)[] pieces;
    private readonly float[] gradient, first, second;
    private readonly double[] squares;
    private readonly Action<int, int> measureBody, updateBody;
    private (long Number, double Rate, double Decay, float Scale) step;

    /// <summary>Plans the pieces.</summary>
    /// <param name="layout">The parameters.</param>
    /// <param name="gradient">Their gradient.</param>
    /// <param name="crew">The threads.</param>
    public NetworkStep(ParameterLayout layout, float[] gradient, Crew crew)
    {
        this.crew = crew;
        this.gradient = gradient;
        (first, second, Averaged) = (new float[layout.Count], new float[layout.Count], new float[layout.Count]);
        Parameters = new float[layout.Count];
        pieces =
        [
            .. layout.Blocks.SelectMany(block => Enumerable.Range(0, Chunks.Count(block.Count, PieceLength)).Select(i =>
                (block, block.Start + (i * PieceLength), Math.Min(PieceLength, block.Count - (i * PieceLength))))),
        ];
        squares = new double[pieces.Length];
        measureBody = Measure;
        updateBody = Update;
    }

    /// <summary>The parameters.</summary>
    public float[] Parameters { get; }

    /// <summary>An exponential moving average of the parameters.</summary>
    public float[] Averaged { get; }

    /// <summary>The share of the parameters in <see cref="Averaged"/> at each step.</summary>
    public float AveragedShare { get; set; } = 1;

    /// <summary>The state of earlier steps, which a checkpoint holds.</summary>
    public float[][] Memory => [Parameters, Averaged, first, second];

    /// <summary>Takes a step.</summary>
    /// <param name="number">1 for the first step.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="decay">The weight decay.</param>
    /// <param name="mostNorm">The largest norm of the gradient: a larger one is scaled down to it.</param>
    /// <returns>The norm of the gradient before that.</returns>
    public double Take(long number, double rate, double decay, double mostNorm)
    {
        crew.Run(pieces.Length, measureBody);
        double norm = 0;
        foreach (double square in squares)
            norm += square;

        norm = Math.Sqrt(norm);
        step = (number, rate, decay, norm > mostNorm ? (float)(mostNorm / norm) : 1);
        crew.Run(pieces.Length, updateBody);
        return norm;
    }

    private void Measure(int piece, int member)
    {
        (ParameterBlock block, int from, int count) = pieces[piece];
        ReadOnlySpan<float> own = gradient.AsSpan(from, count);
        squares[piece] = block.Role == ParameterRole.Average ? 0 : Vectors.Dot(own, own);
    }

    private void Update(int piece, int member)
    {
        (ParameterBlock block, int from, int count) = pieces[piece];
        Span<float> parameters = Parameters.AsSpan(from, count), own = gradient.AsSpan(from, count),
            averaged = Averaged.AsSpan(from, count);
        if (block.Role == ParameterRole.Average)
        {
            Vectors.Scale(1 - AverageRate, parameters);
            Vectors.AddScaled<float>(AverageRate, own, parameters);
        }
        else
        {
            if (step.Scale != 1)
                Vectors.Scale(step.Scale, own);

            AdamUpdate.Apply(
                parameters, own, first.AsSpan(from, count), second.AsSpan(from, count), step.Number, step.Rate * block.RateFactor,
                block.Role == ParameterRole.Weight ? step.Decay : 0);
        }

        if (AveragedShare != 1)
            Vectors.Scale(1 - AveragedShare, averaged);
        else
            averaged.Clear();

        Vectors.AddScaled<float>(AveragedShare, parameters, averaged);
    }
}
