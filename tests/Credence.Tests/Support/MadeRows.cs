using Credence.Data;
using Credence.Features.Matrices;
using Credence.Linear.Minibatch;
using Credence.Numerics;

namespace Credence.Tests.Support;

/// <summary>A stream of features that lie in memory, or are made as they are read.</summary>
internal sealed class MadeRows(int columns, int classes, long rows, Func<long, FeatureChunk> chunk) : IStreamedFeatures
{
    public int Columns => columns;

    public int Classes => classes;

    public long Rows => rows;

    public string Fingerprint { get; init; } = "made";

    /// <summary>The chunk that begins at a row.</summary>
    public FeatureChunk Chunk(long first) => chunk(first);

    public IEnumerable<FeatureChunk> Read(CancellationToken cancellationToken)
    {
        for (long done = 0; done < rows;)
        {
            FeatureChunk made = chunk(done);
            done += made.Rows;
            yield return made;
        }
    }

    /// <summary>Rows of a matrix in chunks.</summary>
    public static MadeRows Of(IFeatureMatrix x, Labels y, int perChunk, float[]? weights = null) =>
        new(x.Columns, y.Classes, x.Rows, first =>
    {
        int[] rows = [.. Enumerable.Range((int)first, Math.Min(perChunk, x.Rows - (int)first))];
        return new FeatureChunk(x.Select(rows), [.. rows.Select(row => y[row])], weights is null ? null
            : [.. rows.Select(row => weights[row])]);
    });

    /// <summary>As many rows as asked for, of normal features with a class told by the first few.</summary>
    public static MadeRows Drawn(long rows, int columns, int classes, int perChunk) => new(columns, classes, rows, first =>
    {
        var rng = new Rng((ulong)first + 1);
        int length = (int)Math.Min(perChunk, rows - first);
        var x = new float[length * columns];
        rng.FillNormal(x);
        var y = new int[length];
        for (int i = 0; i < length; i++)
            y[i] = Enumerable.Range(0, classes).MaxBy(k => x[(i * columns) + k] + rng.NextGumbel());
        return new FeatureChunk(new DenseMatrix(x, length, columns), y);
    });
}
