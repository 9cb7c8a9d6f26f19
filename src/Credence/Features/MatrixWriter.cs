using Credence.Data.Columns;
using Credence.Features.Columns;
using Credence.Features.Matrices;
using Credence.Threading;

namespace Credence.Features;

/// <summary>Runs the encoders over all rows into one matrix, with chunks of rows on several threads.</summary>
internal static class MatrixWriter
{
    private const int RowsPerChunk = 512;

    /// <summary>Every value stored.</summary>
    public static DenseMatrix Dense(
        IColumnEncoder[] encoders, IColumn[] columns, int rows, int width, int maxThreads, CancellationToken cancellationToken)
    {
        if ((long)rows * width > Array.MaxLength)
            throw new InvalidDataException($"{rows} rows × {width} features is more than one dense matrix holds ({Array.MaxLength} "
                + "values); take fewer rows at a time.");

        var values = new float[rows * width];
        Pieces.For(Chunks(rows), maxThreads, chunk =>
        {
            FeatureRow output = FeatureRow.Dense(values);
            (int first, int last) = Bounds(chunk, rows);
            for (int i = 0, offset = 0; i < encoders.Length; offset += encoders[i++].Width)
            {
                RowEncoder encode = encoders[i].Read(columns[i]);
                for (int row = first; row < last; row++)
                {
                    output.Offset = (row * width) + offset;
                    encode(row, output);
                }
            }
        }, cancellationToken);

        return new DenseMatrix(values, rows, width);
    }

    /// <summary>Values other than zero stored.</summary>
    public static SparseMatrix Sparse(
        IColumnEncoder[] encoders, IColumn[] columns, int rows, int width, int maxThreads, CancellationToken cancellationToken)
    {
        var starts = new int[rows + 1];
        var parts = new FeatureRow[Chunks(rows)];
        Pieces.For(parts.Length, maxThreads, chunk =>
        {
            FeatureRow output = parts[chunk] = FeatureRow.Sparse();
            RowEncoder[] encode = [.. encoders.Zip(columns, (encoder, column) => encoder.Read(column))];
            (int first, int last) = Bounds(chunk, rows);
            for (int row = first; row < last; row++)
            {
                int before = output.Count;
                output.Offset = 0;
                for (int i = 0; i < encode.Length; output.Offset += encoders[i++].Width)
                    encode[i](row, output);

                starts[row + 1] = output.Count - before;
            }
        }, cancellationToken);

        long total = parts.Sum(part => (long)part.Count);
        if (total > Array.MaxLength)
            throw new InvalidDataException(
                $"{rows} rows give {total} entries, more than one sparse matrix holds ({Array.MaxLength}); take fewer rows at a time.");

        for (int row = 0; row < rows; row++)
            starts[row + 1] += starts[row];

        var indices = new int[total];
        var values = new float[total];
        Pieces.For(parts.Length, maxThreads, chunk =>
        {
            int start = starts[Bounds(chunk, rows).First];
            parts[chunk].Indices.CopyTo(indices.AsSpan(start));
            parts[chunk].Values.CopyTo(values.AsSpan(start));
        }, cancellationToken);

        return new SparseMatrix(starts, indices, values, width);
    }

    private static int Chunks(int rows) => (rows + RowsPerChunk - 1) / RowsPerChunk;

    private static (int First, int Last) Bounds(int chunk, int rows) => (chunk * RowsPerChunk, Math.Min((chunk + 1) * RowsPerChunk, rows));
}
