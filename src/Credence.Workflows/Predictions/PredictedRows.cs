using Credence.Data;
using Credence.Models;

namespace Credence.Workflows.Predictions;

/// <summary>The predictions of consecutive rows.</summary>
/// <param name="FirstRow">The 0-based number, in all the data, of the first row.</param>
/// <param name="Predictions">One per row.</param>
public sealed record PredictedRows(long FirstRow, IReadOnlyList<Prediction> Predictions)
{
    /// <summary>The name of the file that each row is, a picture, a sound or a text; null where rows are parts of a file.</summary>
    public IReadOnlyList<string>? Files { get; init; }

    /// <summary>The columns of the data that are carried through.</summary>
    public IReadOnlyList<KeptColumn> Kept { get; init; } = [];
}
