namespace Credence.Linear.Minibatch;

/// <summary>Features and classes of rows that need not fit into memory: the same rows in the same order every time they are read.</summary>
public interface IStreamedFeatures
{
    /// <summary>The number of features.</summary>
    int Columns { get; }

    /// <summary>The number of classes.</summary>
    int Classes { get; }

    /// <summary>The number of rows.</summary>
    long Rows { get; }

    /// <summary>A fingerprint of the rows and their order, by which a checkpoint identifies its data.</summary>
    string Fingerprint { get; }

    /// <summary>Reads all rows in order, a chunk at a time.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    IEnumerable<FeatureChunk> Read(CancellationToken cancellationToken);
}
