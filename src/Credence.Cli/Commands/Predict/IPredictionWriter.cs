using Credence.Models;

namespace Credence.Cli.Commands.Predict;

/// <summary>Writes predictions as they arrive; disposing of it writes the rest.</summary>
internal interface IPredictionWriter : IDisposable
{
    /// <summary>Writes the predictions of consecutive rows.</summary>
    /// <param name="firstRow">The 0-based number of the first.</param>
    /// <param name="predictions">One per row.</param>
    /// <param name="files">The file that each row is; null where rows are parts of a file.</param>
    void Write(long firstRow, IReadOnlyList<Prediction> predictions, IReadOnlyList<string>? files = null);
}
