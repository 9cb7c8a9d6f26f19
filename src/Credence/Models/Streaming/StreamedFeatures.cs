using Credence.Data;
using Credence.Features;
using Credence.Features.Matrices;
using Credence.Linear.Minibatch;

namespace Credence.Models.Streaming;

/// <summary>The training rows of a stream as features, through a pipeline.</summary>
internal sealed class StreamedFeatures(
    IStreamedRows stream, StreamedParts parts, FeaturePipeline pipeline, string fingerprint, int maxThreads) : IStreamedFeatures
{
    public int Columns => pipeline.Columns;

    public int Classes => parts.Classes.Count;

    public long Rows => parts.TrainRows;

    public string Fingerprint => fingerprint;

    public IEnumerable<FeatureChunk> Read(CancellationToken cancellationToken)
    {
        Dictionary<string, int> index = parts.Classes.Select((name, k) => (name, k))
            .ToDictionary(pair => pair.name, pair => pair.k, StringComparer.Ordinal);
        foreach (DataChunk chunk in stream.Read(null, cancellationToken))
        {
            DataSet part = chunk.ToStreamedPart();
            (int[] rows, int[] labels) = parts.Trained(chunk, part, index);
            if (rows.Length == 0)
                continue;
            if (labels.Contains(-1))
                throw new InvalidDataException("The rows differ from those of the first pass: the data has changed during training.");

            DataSet chosen = part.Select(rows);
            IFeatureMatrix features = pipeline.Apply(chosen.Features, null, maxThreads, cancellationToken);
            CheckFinite(features, row => chunk.PlaceOf(rows[row]));
            yield return new FeatureChunk(features, labels, Scaled(chosen.Weights));
        }
    }

    /// <summary>Weights scaled to a mean of 1 over all training rows.</summary>
    public float[]? Scaled(double[]? weights) => weights is null ? null : [.. weights.Select(weight => (float)(weight / parts.MeanWeight))];

    /// <summary>Rejects infinite features: a finite value far from those that the deviations were fitted on can give one.</summary>
    /// <exception cref="InvalidDataException">A feature is infinite; the message begins with the place.</exception>
    public void CheckFinite(IFeatureMatrix features, Func<int, string> place)
    {
        ReadOnlySpan<float> values = features is SparseMatrix matrix ? matrix.Values : ((DenseMatrix)features).Values;
        for (int i = 0; i < values.Length; i++)
        {
            if (float.IsFinite(values[i]))
                continue;

            int row = features is SparseMatrix sparse ? sparse.Starts.ToArray().TakeWhile(start => start <= i).Count() - 1 : i / Columns;
            int column = features is SparseMatrix entries ? entries.Indices[i] : i % Columns;
            throw new InvalidDataException($"{place(row)}: '{pipeline.Names[column]}' is too far from the other rows' values for single "
                + "precision.");
        }
    }
}
