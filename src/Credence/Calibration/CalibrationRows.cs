using Credence.Data;
using Credence.Data.Scores;
using Credence.Threading;

namespace Credence.Calibration;

/// <summary>Checks the rows that a calibrator is fitted on or applied to, with errors that name row and column.</summary>
internal static class CalibrationRows
{
    /// <summary>Checks rows to fit on.</summary>
    public static void Check(Logits logits, Labels labels, ReadOnlySpan<double> weights, int maxThreads)
    {
        Check(logits, logits.Classes, maxThreads);
        if (logits.Rows == 0)
            throw new ArgumentException("A calibrator needs rows to fit on; there are none.", nameof(logits));

        if (labels.Count != logits.Rows)
            throw new ArgumentException($"There are {logits.Rows} rows of logits and {labels.Count} labels; there must be as many.",
                nameof(labels));

        if (labels.Classes != logits.Classes)
            throw new ArgumentException(
                $"There are {logits.Classes} columns of logits and {labels.Classes} classes; there must be as many.", nameof(labels));

        for (int row = 0; row < labels.Count; row++)
        {
            if (labels[row] < 0)
                throw new ArgumentException($"Row {row} has no label. Leave rows without a label out.", nameof(labels));
        }

        CheckWeights(weights, logits.Rows);
    }

    /// <summary>Checks logits: the number of classes, no NaN, no +∞, no row of only −∞.</summary>
    public static void Check(Logits logits, int classes, int maxThreads)
    {
        if (logits.Classes != classes)
            throw new ArgumentException($"'{nameof(logits)}' has {logits.Classes} columns, needs {classes}.", nameof(logits));

        if (logits.IsSound)
            return;

        var chunks = new RowChunks(logits.Rows, classes);
        Pieces.For(chunks.Count, maxThreads, chunk =>
        {
            (int from, int to) = chunks[chunk];
            for (int row = from; row < to; row++)
                Check(logits, row);
        });
        logits.IsSound = true;
    }

    private static void Check(Logits logits, int row)
    {
        if (ScoreFault.OfLogits(logits.Row(row), row) is { } fault)
            throw new ArgumentException($"'{nameof(logits)}' {fault.Place}{fault.Text}", nameof(logits));
    }

    /// <summary>The weights, or 1 for each row where there are none.</summary>
    public static double[] WeightsOrOnes(ReadOnlySpan<double> weights, int rows) =>
        weights.IsEmpty ? [.. Enumerable.Repeat(1.0, rows)] : weights.ToArray();

    /// <summary>Checks weights: as many as rows or none, not negative, not all 0.</summary>
    public static void CheckWeights(ReadOnlySpan<double> weights, int rows)
    {
        if (!weights.IsEmpty)
            RowWeights.Check(weights, rows);
    }
}
