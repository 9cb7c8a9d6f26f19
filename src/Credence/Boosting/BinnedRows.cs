using Credence.Features.Matrices;
using Credence.Numerics;
using Credence.Threading;

namespace Credence.Boosting;

/// <summary>Rows as a byte a cell, the number of its bin. The cells of four columns, or bundles of them, stand together in a
/// word.</summary>
internal sealed class BinnedRows
{
    /// <summary>The bundles whose cells share a word.</summary>
    public const int BundlesPerWord = 4;

    private const int RowsPerChunk = 256;

    private BinnedRows(int rows, SplitColumn[] columns, ColumnBins[] bins, ColumnBundle[] bundles, uint[][] words)
    {
        Rows = rows;
        Columns = columns;
        Bins = bins;
        Bundles = bundles;
        Words = words;
        Offsets = new int[bundles.Length + 1];
        PlaceOf = new (int, int)[columns.Length];
        for (int bundle = 0; bundle < bundles.Length; bundle++)
        {
            Offsets[bundle + 1] = Offsets[bundle] + bundles[bundle].Count;
            for (int place = 0; place < bundles[bundle].Columns.Length; place++)
                PlaceOf[bundles[bundle].Columns[place]] = (bundle, place);
        }
    }

    public int Rows { get; }

    public SplitColumn[] Columns { get; }

    public ColumnBins[] Bins { get; }

    public ColumnBundle[] Bundles { get; }

    /// <summary>The bundle of each column, and its place in it.</summary>
    public (int Bundle, int Place)[] PlaceOf { get; }

    /// <summary>[bundle / 4][row], a byte a bundle, the first lowest.</summary>
    public uint[][] Words { get; }

    /// <summary>The first bin of each bundle among all, and their number.</summary>
    public int[] Offsets { get; }

    /// <summary>The bin of a column in a row.</summary>
    public int Bin(int column, int row)
    {
        (int bundle, int place) = PlaceOf[column];
        return Bundles[bundle].BinOf(place, (byte)(Words[bundle / BundlesPerWord][row] >> (8 * (bundle % BundlesPerWord))));
    }

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
        ColumnBundle[] bundles = ColumnBundle.Of(bins, cells);
        var words = new uint[Chunks.Count(bundles.Length, BundlesPerWord)][];
        Pieces.For(
            words.Length,
            maxThreads,
            word =>
            {
                words[word] = new uint[rows];
                for (int bundle = word * BundlesPerWord; bundle < Math.Min(bundles.Length, (word + 1) * BundlesPerWord); bundle++)
                    bundles[bundle].Write(cells, words[word], 8 * (bundle % BundlesPerWord));
            },
            cancellationToken);
        return new BinnedRows(rows, columns, bins, bundles, words);
    }
}
