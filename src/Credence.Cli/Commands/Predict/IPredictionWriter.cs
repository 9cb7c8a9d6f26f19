using Credence.Workflows.Predictions;

namespace Credence.Cli.Commands.Predict;

/// <summary>Writes predictions as they arrive; disposing of it writes the rest.</summary>
internal interface IPredictionWriter : IDisposable
{
    /// <summary>Writes the predictions of consecutive rows.</summary>
    void Write(PredictedRows rows);
}
