using Credence.Cli.Errors;
using Credence.Cli.Options;
using Credence.Data.Scores;
using Credence.Files.Scores;
using Credence.Onnx.Reading;
using Credence.Onnx.Running;

namespace Credence.Cli.Commands.Scores;

/// <summary>Rows scored by an ONNX classifier, where another command takes saved scores.</summary>
internal static class OnnxRows
{
    /// <summary>The scores of rows.</summary>
    /// <param name="invocation">The command.</param>
    /// <param name="classifier">The classifier.</param>
    /// <param name="paths">The data: one file.</param>
    /// <param name="kind">The kind of the scores; null where the graph or the numbers say it.</param>
    /// <exception cref="UsageException">There is not one file.</exception>
    public static SavedScores Score(Invocation invocation, OnnxClassifier classifier, string[] paths, ScoreKind? kind) => paths.Length == 1
        ? OnnxScores.Run(classifier, DataSource.Of(paths, ScoreOptions.Reading(invocation)), kind, invocation.Threads,
            invocation.Progress, invocation.Cancellation).Scores
        : throw new UsageException($"'{classifier.Name}' needs one file of rows: give it after the model.");
}
