using Credence.Data.Columns;
using Credence.Features;
using Credence.Features.Columns;
using Credence.Features.Matrices;
using Credence.Features.Options;

namespace Credence.Tests.Features;

public class MatrixWriterTests
{
    private const int Rows = 1300;

    /// <summary>Encoders stand side by side, in chunks of 512 rows, whatever the number of threads; sparse holds what dense does.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Rows_HoldTheFeaturesOfAllEncoders(int maxThreads)
    {
        var number = new NumberColumn("n", [.. Enumerable.Range(0, Rows).Select(row => row % 3 == 0 ? 0.0 : 2.0)]);
        var name = CategoryColumn.FromNames("c", [.. Enumerable.Range(0, Rows).Select(row => row % 7 == 0 ? null : $"{row % 5}")]);
        IColumnEncoder[] encoders = [NumberEncoder.Fit(number, out _)!, CategoryEncoder.Fit(name, new FeatureOptions(), out _)!];
        IColumn[] columns = [number, name];
        const int Width = 1 + 5 + 1;

        DenseMatrix dense = MatrixWriter.Dense(encoders, columns, Rows, Width, maxThreads, CancellationToken.None);
        SparseMatrix sparse = MatrixWriter.Sparse(encoders, columns, Rows, Width, maxThreads, CancellationToken.None);

        // 434 rows of 0 and 866 of 2.
        double mean = 2.0 * 866 / Rows, deviation = Math.Sqrt(4.0 * 866 / Rows * 434 / Rows);
        for (int row = 0; row < Rows; row++)
        {
            var expected = new float[Width];
            expected[0] = (float)(((row % 3 == 0 ? 0 : 2) - mean) / deviation);
            expected[row % 7 == 0 ? 6 : 1 + (row % 5)] = 1;
            Assert.Equal(expected[1..], dense.Row(row)[1..].ToArray());
            Assert.Equal(expected[0], dense.Row(row)[0], 1e-6f);

            ReadOnlySpan<int> indices = sparse.Indices[sparse.Starts[row]..sparse.Starts[row + 1]];
            ReadOnlySpan<float> values = sparse.Values[sparse.Starts[row]..sparse.Starts[row + 1]];
            Assert.Equal([0, row % 7 == 0 ? 6 : 1 + (row % 5)], indices.ToArray());
            Assert.Equal([dense.Row(row)[0], 1], values.ToArray());
        }
    }
}
