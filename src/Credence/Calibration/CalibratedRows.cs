using System.Buffers;
using Credence.Data.Scores;

namespace Credence.Calibration;

/// <summary>The calibrated probabilities of rows: all at once, or in blocks where each row is only read. For very many scores a matrix that
/// is written and read
/// once costs more than the exponentials in it.</summary>
internal static class CalibratedRows
{
    /// <summary>Every row's probabilities.</summary>
    /// <exception cref="ArgumentException">The number of classes differs, or a row holds NaN, +∞ or only −∞.</exception>
    public static Probabilities Compute(IRowCalibrator calibrator, Logits logits, int maxThreads)
    {
        CalibrationRows.Check(logits, calibrator.Classes, maxThreads);
        return new Probabilities(
            RowBlocks.Whole(logits, maxThreads, (from, to, probabilities) => calibrator.Apply(logits, from, to, probabilities)),
            calibrator.Classes);
    }

    /// <summary>Passes each row's number and probabilities to an action once, in parallel and in no order.</summary>
    /// <exception cref="ArgumentException">The number of classes differs, or a row holds NaN, +∞ or only −∞.</exception>
    public static void Visit(ICalibrator calibrator, Logits logits, int maxThreads, Action<int, ReadOnlySpan<double>> visit)
    {
        int classes = calibrator.Classes;
        if (calibrator is not IRowCalibrator { TakesRows: true } rows)
        {
            Probabilities whole = calibrator.Apply(logits, maxThreads);
            RowBlocks.For(logits, maxThreads, (from, to) =>
            {
                for (int row = from; row < to; row++)
                    visit(row, whole.Row(row));
            });
            return;
        }

        CalibrationRows.Check(logits, classes, maxThreads);
        RowBlocks.For(logits, maxThreads, (from, to) =>
        {
            double[] block = ArrayPool<double>.Shared.Rent((to - from) * classes);
            rows.Apply(logits, from, to, block.AsSpan(0, (to - from) * classes));
            for (int row = from; row < to; row++)
                visit(row, block.AsSpan((row - from) * classes, classes));

            ArrayPool<double>.Shared.Return(block);
        });
    }
}
