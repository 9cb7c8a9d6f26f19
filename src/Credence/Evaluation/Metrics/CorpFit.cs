using System.Buffers;

namespace Credence.Evaluation.Metrics;

/// <summary>Recalibrates the probability of one event by isotonic regression: the rising frequencies nearest to the outcomes, by pooling
/// adjacent
/// violators (M. Ayer and others 1955).</summary>
/// <remarks>Only probabilities at which the event occurred are visited; the rows between are one run without it. A rare event among many
/// rows therefore costs as much as its own rows.</remarks>
internal sealed class CorpFit
{
    private readonly double[] confidences;
    private readonly double[] before;
    private readonly double square;

    /// <param name="confidences">Each distinct probability, rising.</param>
    /// <param name="weights">The weight of the rows with each.</param>
    public CorpFit(double[] confidences, ReadOnlySpan<double> weights)
    {
        this.confidences = confidences;
        before = new double[confidences.Length + 1];
        for (int g = 0; g < confidences.Length; g++)
        {
            before[g + 1] = before[g] + weights[g];
            square += weights[g] * confidences[g] * confidences[g];
        }
    }

    /// <summary>Each distinct probability, rising.</summary>
    public ReadOnlySpan<double> Confidences => confidences;

    /// <summary>The three parts, and the recalibrated probability at the places asked for.</summary>
    /// <param name="places">The places, rising, at which the event occurred.</param>
    /// <param name="came">The weight of its occurrences at each.</param>
    /// <param name="asked">Places, rising.</param>
    /// <param name="curve">Gets the recalibrated probability of each.</param>
    public CorpDecomposition Fit(ReadOnlySpan<int> places, ReadOnlySpan<double> came, ReadOnlySpan<int> asked, Span<double> curve)
    {
        Block[] blocks = ArrayPool<Block>.Shared.Rent((2 * places.Length) + 1);
        int count = 0, end = 0;
        double total = before[^1], all = 0, product = 0;
        for (int i = 0; i < places.Length; i++)
        {
            count = Push(blocks, count, end, places[i], 0);
            count = Push(blocks, count, places[i], places[i] + 1, came[i]);
            end = places[i] + 1;
            all += came[i];
            product += confidences[places[i]] * came[i];
        }

        count = Push(blocks, count, end, confidences.Length, 0);
        double explained = 0;
        int next = 0;
        for (int b = 0; b < count; b++)
        {
            double weight = before[blocks[b].End] - before[blocks[b].Start], share = weight > 0 ? blocks[b].Came / weight : 0;
            explained += share * blocks[b].Came;
            while (next < asked.Length && asked[next] < blocks[b].End)
                curve[next++] = share;
        }

        ArrayPool<Block>.Shared.Return(blocks);

        // Σ w (x − y)² less Σ w (c − y)², where c is constant on blocks and there Σ w c (c − 2y) = −c·came.
        double mean = all / total;
        return new CorpDecomposition(Math.Max(0, (square - (2 * product) + explained) / total),
            Math.Max(0, (explained / total) - (mean * mean)), mean * (1 - mean));
    }

    private int Push(Block[] blocks, int count, int start, int end, double came)
    {
        if (start == end)
            return count;

        while (count > 0)
        {
            Block last = blocks[count - 1];
            double weight = before[end] - before[start], lastWeight = before[last.End] - before[last.Start];

            // The last block's share is not below this one's: they become one.
            if (last.Came * weight < came * lastWeight)
                break;

            (start, came) = (last.Start, came + last.Came);
            count--;
        }

        blocks[count] = new Block(start, end, came);
        return count + 1;
    }

    private readonly record struct Block(int Start, int End, double Came);
}
