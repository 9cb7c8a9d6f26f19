using System.Buffers;
using System.Numerics;

namespace Credence.Numerics;

/// <summary>Rows of logits plus Gumbel draws: samples and the Gumbel-softmax.</summary>
internal static unsafe class GumbelRows
{
    /// <summary>Draws without replacement.</summary>
    public static void Sample<T>(ReadOnlySpan<T> logits, int classes, int count, Span<int> labels, Rng rng, int maxThreads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(rng);
        int rows = Shape.Rows(logits.Length, classes, nameof(logits));
        if (count < 1 || (count > classes && rows > 0))
            throw new ArgumentOutOfRangeException(nameof(count), count, $"With {classes} classes the count must be from 1 to {classes}.");
        Shape.AtLeast(labels.Length, (long)rows * count, nameof(labels));
        maxThreads = Chunks.Threads(maxThreads);
        fixed (T* x = logits)
        {
            fixed (int* drawn = labels)
            {
                if (maxThreads > 1 && rows > SoftmaxChunks.Rows(classes))
                    SampleOverThreads(x, rows, classes, count, drawn, rng, maxThreads);
                else
                    SampleSome(x, 0, rows, classes, count, drawn, rng);
            }
        }
    }

    /// <summary>The Gumbel-softmax, and the draws if requested.</summary>
    public static void Relax<T>(
        ReadOnlySpan<T> logits, int classes, Span<T> probabilities, Span<T> draws, Rng rng, T temperature, int maxThreads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(rng);
        int rows = Shape.Rows(logits.Length, classes, nameof(logits));
        Shape.AtLeast(probabilities.Length, logits.Length, nameof(probabilities));
        Shape.SameOrApart(logits, probabilities[..logits.Length], nameof(probabilities));
        Shape.Temperature(double.CreateTruncating(temperature));
        maxThreads = Chunks.Threads(maxThreads);
        fixed (T* x = logits, y = probabilities, ones = draws)
        {
            if (maxThreads > 1 && rows > SoftmaxChunks.Rows(classes))
                RelaxOverThreads(x, rows, classes, y, ones, rng, temperature, maxThreads);
            else
                RelaxSome(x, 0, rows, classes, y, ones, rng, temperature);
        }
    }

    /// <summary>The gradient through the Gumbel-softmax.</summary>
    public static void Backward<T>(
        ReadOnlySpan<T> probabilities, int classes, ReadOnlySpan<T> outputGradient, Span<T> gradient, T temperature, int maxThreads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int rows = Shape.Rows(probabilities.Length, classes, nameof(probabilities));
        Shape.Exactly(outputGradient.Length, probabilities.Length, nameof(outputGradient));
        Shape.AtLeast(gradient.Length, probabilities.Length, nameof(gradient));
        Shape.SameOrApart(probabilities, gradient[..probabilities.Length], nameof(gradient));
        Shape.SameOrApart(outputGradient, gradient[..probabilities.Length], nameof(gradient));
        T scale = Shape.Scale(temperature);
        fixed (T* p = probabilities, dy = outputGradient, dx = gradient)
            SoftmaxGradient.Run(p, dy, rows, classes, scale, dx, Chunks.Threads(maxThreads));
    }

    private static void SampleOverThreads<T>(T* x, int rows, int classes, int count, int* labels, Rng rng, int maxThreads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int size = SoftmaxChunks.Rows(classes);
        Chunks.For(Chunks.Count(rows, size), maxThreads, chunk =>
        {
            int from = chunk * size;
            SampleSome(x + ((nint)from * classes), from, Math.Min(size, rows - from), classes, count, labels + ((nint)from * count), rng);
        });
    }

    private static void RelaxOverThreads<T>(
        T* x, int rows, int classes, T* y, T* draws, Rng rng, T temperature, int maxThreads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int size = SoftmaxChunks.Rows(classes);
        Chunks.For(Chunks.Count(rows, size), maxThreads, chunk =>
        {
            int from = chunk * size;
            nint at = (nint)from * classes;
            RelaxSome(x + at, from, Math.Min(size, rows - from), classes, y + at, draws == null ? null : draws + at, rng, temperature);
        });
    }

    private static void SampleSome<T>(T* x, int first, int rows, int classes, int count, int* labels, Rng rng)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] memory = ArrayPool<double>.Shared.Rent(classes + count);
        Span<double> perturbed = memory.AsSpan(0, classes), values = memory.AsSpan(classes, count);
        for (int row = 0; row < rows; row++, x += classes, labels += count)
        {
            var drawn = new Span<int>(labels, count);
            if (!HasSoftmax(x, classes))
            {
                drawn.Fill(-1);
                continue;
            }

            rng.FillGumbel((ulong)(first + row), perturbed);
            for (int j = 0; j < classes; j++)
                perturbed[j] += double.CreateTruncating(x[j]);
            TopKRows.Select<double>(perturbed, classes, count, drawn, values, 1);
            for (int i = 0; i < count; i++)
                drawn[i] = double.IsNegativeInfinity(values[i]) ? -1 : drawn[i];
        }

        ArrayPool<double>.Shared.Return(memory);
    }

    private static void RelaxSome<T>(
        T* x, int first, int rows, int classes, T* y, T* draws, Rng rng, T temperature)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] memory = ArrayPool<double>.Shared.Rent(classes);
        Span<double> noise = memory.AsSpan(0, classes);
        for (int row = 0; row < rows; row++, x += classes, y += classes)
        {
            // The arg max is that of SampleRows, before the rounding below.
            rng.FillGumbel((ulong)(first + row), noise);
            int best = HasSoftmax(x, classes) ? 0 : -1;
            for (int j = 0; j < classes; j++)
            {
                noise[j] += double.CreateTruncating(x[j]);
                best = best >= 0 && noise[j] > noise[best] ? j : best;
            }

            for (int j = 0; j < classes; j++)
                y[j] = T.CreateTruncating(noise[j]);
            if (draws != null)
            {
                var one = new Span<T>(draws, classes);
                one.Fill(best < 0 ? T.NaN : T.Zero);
                if (best >= 0)
                    one[best] = T.One;
                draws += classes;
            }

            var target = new Span<T>(y, classes);
            SoftmaxRows.Forward(target, classes, target, temperature, 1);
        }

        ArrayPool<double>.Shared.Return(memory);
    }

    private static bool HasSoftmax<T>(T* x, int classes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.IsFinite(ExpRows.MaxOrNaN(x, classes));
}
