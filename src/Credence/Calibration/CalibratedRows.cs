using System.Buffers;
using Credence.Data;

namespace Credence.Calibration;

/// <summary>What a calibrator makes of rows: all at once, or a few at a time where each is only looked at. Of very many scores a matrix that is written and read
/// once costs more than the exponentials in it.</summary>
internal static class CalibratedRows
{
    private const int BlockValues = 1 << 15;

    /// <summary>Every row's probabilities.</summary>
    /// <exception cref="ArgumentException">The number of classes is another, or a row holds NaN, +∞ or only −∞.</exception>
    public static Probabilities Of(IRowCalibrator calibrator, Logits logits, int threads)
    {
        int classes = calibrator.Classes;
        CalibrationRows.Check(logits, classes, threads);
        double[] all = GC.AllocateUninitializedArray<double>(logits.Values.Length);
        ForBlocks(logits, threads, (from, to) => calibrator.Apply(logits, from, to, all.AsSpan(from * classes, (to - from) * classes)));
        return new Probabilities(all, classes);
    }

    /// <summary>Shows every row's number and probabilities once, in no order and on many threads.</summary>
    /// <exception cref="ArgumentException">The number of classes is another, or a row holds NaN, +∞ or only −∞.</exception>
    public static void Visit(ICalibrator calibrator, Logits logits, int threads, Action<int, ReadOnlySpan<double>> visit)
    {
        int classes = calibrator.Classes;
        if (calibrator is not IRowCalibrator { TakesRows: true } rows)
        {
            Probabilities whole = calibrator.Apply(logits, threads);
            ForBlocks(logits, threads, (from, to) =>
            {
                for (int row = from; row < to; row++)
                    visit(row, whole.Row(row));
            });
            return;
        }

        CalibrationRows.Check(logits, classes, threads);
        ForBlocks(logits, threads, (from, to) =>
        {
            double[] block = ArrayPool<double>.Shared.Rent((to - from) * classes);
            rows.Apply(logits, from, to, block.AsSpan(0, (to - from) * classes));
            for (int row = from; row < to; row++)
                visit(row, block.AsSpan((row - from) * classes, classes));

            ArrayPool<double>.Shared.Return(block);
        });
    }

    private static void ForBlocks(Logits logits, int threads, Action<int, int> body)
    {
        int size = Math.Max(1, BlockValues / logits.Classes);
        Pieces.For(Numerics.Chunks.Count(logits.Rows, size), threads, block => body(block * size, Math.Min(logits.Rows, (block + 1) * size)));
    }
}
