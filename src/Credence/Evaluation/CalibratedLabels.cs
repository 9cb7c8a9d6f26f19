using Credence.Data;
using Credence.Numerics;

namespace Credence.Evaluation;

/// <summary>Draws labels from the probabilities themselves, as if they were right, and computes every calibration error anew.</summary>
internal sealed class CalibratedLabels(
    Probabilities probabilities, ScoredRows scored, SortedRows sorted, CalibrationFigures figures, double[] expected, EqualWidthBins bins)
{
    private const int BlockDraws = 1 << 18;
    private const int MostFlags = 1 << 26;
    private const int MostCells = 1 << 23;

    private readonly int[] place = Places(sorted);

    /// <summary>The calibration errors of each draw.</summary>
    public CalibrationErrors[] Draw(int draws, Rng rng, int threads, CancellationToken cancellationToken)
    {
        var results = new CalibrationErrors[draws];
        int batch = Math.Clamp(Math.Min(MostFlags / scored.Count, MostCells / expected.Length), 1, Math.Max(1, draws));
        for (int first = 0; first < draws; first += batch)
            Draw(results.AsMemory(first, Math.Min(batch, draws - first)), rng.Split((ulong)first), threads, cancellationToken);
        return results;
    }

    private void Draw(Memory<CalibrationErrors> results, Rng rng, int threads, CancellationToken cancellationToken)
    {
        int draws = results.Length;
        var correct = new bool[draws][];
        var gaps = new double[draws][];
        for (int draw = 0; draw < draws; draw++)
        {
            correct[draw] = new bool[scored.Count];
            gaps[draw] = (double[])expected.Clone();
        }

        int block = Math.Max(1, BlockDraws / draws);
        var labels = new int[block * draws];
        var cells = new int[block * draws];
        for (int start = 0; start < scored.Count; start += block)
        {
            int rows = Math.Min(block, scored.Count - start);
            int origin = start;
            const int Size = 16;
            Chunks.For(
                Chunks.Count(rows, Size),
                threads,
                chunk =>
                {
                    var cumulative = new double[probabilities.Classes];
                    for (int i = chunk * Size; i < Math.Min(rows, (chunk + 1) * Size); i++)
                        Labels(origin + i, rng.Split((ulong)(origin + i)), cumulative, labels.AsSpan(i * draws, draws), cells.AsSpan(i * draws, draws));
                },
                cancellationToken);
            Chunks.For(
                draws,
                threads,
                draw =>
                {
                    for (int i = 0; i < rows; i++)
                    {
                        int row = origin + i;
                        correct[draw][place[row]] = labels[(i * draws) + draw] == scored.Predicted[row];
                        gaps[draw][cells[(i * draws) + draw]] -= scored.Weights[row] / scored.Count;
                    }
                },
                cancellationToken);
        }

        Chunks.For(draws, threads, draw => results.Span[draw] = figures.OfDraw(correct[draw], gaps[draw]), cancellationToken);
    }

    /// <summary>The labels of one row in every draw, and the cell of each.</summary>
    private void Labels(int row, Rng rng, double[] cumulative, Span<int> labels, Span<int> cells)
    {
        ReadOnlySpan<double> p = probabilities.Row(row);
        double sum = 0;
        for (int k = 0; k < p.Length; k++)
            cumulative[k] = sum += p[k];

        for (int draw = 0; draw < labels.Length; draw++)
        {
            double target = rng.NextDouble() * sum;
            int low = 0, high = p.Length - 1;
            while (low < high)
            {
                int middle = (low + high) >>> 1;
                if (cumulative[middle] > target)
                    high = middle;
                else
                    low = middle + 1;
            }

            labels[draw] = low;
            cells[draw] = (low * bins.Count) + bins.Of(p[low]);
        }
    }

    private static int[] Places(SortedRows sorted)
    {
        var place = new int[sorted.Count];
        for (int i = 0; i < place.Length; i++)
            place[sorted.Rows[i]] = i;
        return place;
    }
}
