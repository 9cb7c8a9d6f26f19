using Credence.Features.Matrices;

namespace Credence.Linear.Solvers;

/// <summary>A sparse matrix by rows for X·W and by columns for Xᵀ·R, so that each sum is computed by one thread, cut into runs of about
/// equal work.</summary>
internal sealed class CompressedColumns
{
    private const int RunEntries = 1 << 14;
    private readonly Lazy<(CompressedVectors Vectors, int[] Runs)> byColumn;

    public CompressedColumns(SparseMatrix matrix)
    {
        (int[] starts, int[] indices, float[] values) = matrix.Arrays;
        Rows = matrix.Rows;
        Columns = matrix.Columns;
        ByRow = new CompressedVectors(starts, indices, values);
        RowRuns = ByRow.Cut(RunEntries);
        byColumn = new(() =>
        {
            CompressedVectors columns = ByRow.Transpose(Columns);
            return (columns, columns.Cut(RunEntries));
        });
    }

    public int Rows { get; }

    public int Columns { get; }

    public CompressedVectors ByRow { get; }

    /// <summary>Run c is the rows RowRuns[c] to RowRuns[c + 1].</summary>
    public int[] RowRuns { get; }

    public CompressedVectors ByColumn => byColumn.Value.Vectors;

    public int[] ColumnRuns => byColumn.Value.Runs;
}
