using Credence.Features.Matrices;
using Credence.Numerics;
using Credence.Threading;

namespace Credence.Boosting;

/// <summary>Rows as a byte a cell, the number of its bin, column by column.</summary>
internal sealed class BinnedRows
{
    private const int RowsPerChunk = 256;

    private BinnedRows(int rows, SplitColumn[] columns, ColumnBins[] bins, byte[][] cells)
    {
        Rows = rows;
        Columns = columns;
        Bins = bins;
        Cells = cells;
        Offsets = new int[columns.Length + 1];
        for (int c = 0; c < columns.Length; c++)
            Offsets[c + 1] = Offsets[c] + bins[c].Count;
    }

    public int Rows { get; }

    public SplitColumn[] Columns { get; }

    public ColumnBins[] Bins { get; }

    /// <summary>[column][row].</summary>
    public byte[][] Cells { get; }

    /// <summary>The first bin of each column among all, and their number.</summary>
    public int[] Offsets { get; }

    /// <summary>Bins each column by the quantiles of the rows that have a weight.</summary>
    public static BinnedRows Of(
        IFeatureMatrix features, SplitColumn[] columns, double[]? weights, int mostBins, int maxThreads,
        CancellationToken cancellationToken)
    {
        int rows = features.Rows;
        var inputs = new SplitInputs(columns, features.Columns);
        float[][] values = [.. columns.Select(_ => LargeArray.Uninitialized<float>(rows))];
        Pieces.For(
            Chunks.Count(rows, RowsPerChunk),
            maxThreads,
            chunk =>
            {
                int from = chunk * RowsPerChunk, to = Math.Min(rows, from + RowsPerChunk);
                var block = new float[(to - from) * columns.Length];
                inputs.Read(features, from, to, block);
                for (int c = 0; c < columns.Length; c++)
                {
                    for (int row = from; row < to; row++)
                        values[c][row] = block[((row - from) * columns.Length) + c];
                }
            },
            cancellationToken);
        var bins = new ColumnBins[columns.Length];
        var cells = new byte[columns.Length][];
        Pieces.For(
            columns.Length,
            maxThreads,
            c =>
            {
                bins[c] = columns[c].IsCategory
                    ? ColumnBins.Category(values[c], weights, columns[c].Count, mostBins)
                    : ColumnBins.Number(values[c], weights, mostBins);
                var own = new byte[rows];
                for (int row = 0; row < rows; row++)
                    own[row] = bins[c].Of(values[c][row]);

                cells[c] = own;
                values[c] = [];
            },
            cancellationToken);
        return new BinnedRows(rows, columns, bins, cells);
    }
}
