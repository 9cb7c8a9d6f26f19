using Credence.Data;
using Credence.Data.Scores;
using Credence.Evaluation;
using Credence.Files.Scores;
using Credence.Models;
using Credence.Models.Files;

namespace Credence.Cli.Commands.Scores;

/// <summary><c>--against</c>: what was measured beside another model, or other scores, on the same rows.</summary>
internal static class Comparing
{
    /// <summary>Beside other scores of the same rows.</summary>
    /// <param name="invocation">The command.</param>
    /// <param name="evaluation">What was measured.</param>
    /// <param name="scores">The file it came from.</param>
    /// <param name="rows">The rows of the file that were measured.</param>
    /// <param name="path">The other file.</param>
    /// <exception cref="InvalidDataException">Its rows, classes or labels are others.</exception>
    public static ModelComparison WithScores(Invocation invocation, ClassifierEvaluation evaluation, SavedScores scores, int[] rows, string path)
    {
        SavedScores other = ScoreOptions.Read(invocation, path, scores.Kind);
        ScoreOptions.Check(invocation, other);
        if (other.Rows != scores.Rows)
            throw new InvalidDataException($"'{path}' has {other.Rows:N0} rows, '{scores.Name}' {scores.Rows:N0}; two models are compared on the same rows.");

        other = CalibratedScores.InOrder(other, scores.Classes, path);
        for (int row = 0; row < other.Labels?.Count; row++)
        {
            if (other.Labels[row] != scores.Labels![row] && other.Labels[row] != Labels.Missing)
                throw new InvalidDataException($"{other.PlaceOf(row)} is labelled '{other.Labels.Names[other.Labels[row]]}', and '{scores.Name}' says otherwise; two models are compared on the same rows.");
        }

        Probabilities second = EvaluateCommand.AsProbabilities(invocation, other).Select(rows);
        return Compare(invocation, evaluation, second, null);
    }

    /// <summary>Beside another model's predictions of the same rows.</summary>
    /// <exception cref="UsageException">The file is no classifier.</exception>
    /// <exception cref="InvalidDataException">Its classes are others.</exception>
    public static ModelComparison WithModel(Invocation invocation, ClassifierEvaluation evaluation, DataSet data, string path)
    {
        if (!ModelFile.IsModel(path) || ModelFile.Open(path).Classifier is not { } other)
            throw new UsageException($"--against '{path}' is no model that scores rows; compare a model with a model, scores with scores.");

        IReadOnlyList<string> classes = evaluation.Labels.Names;
        Probabilities second = other.Calibrator.Apply(other.Score(data.Features, maxThreads: invocation.Threads, cancellationToken: invocation.Cancellation), invocation.Threads);
        second = new Probabilities(CalibratedScores.Columns(second.Values, other.Classes, classes, path), classes.Count);
        return Compare(invocation, evaluation, second, data.Weights);
    }

    private static ModelComparison Compare(Invocation invocation, ClassifierEvaluation evaluation, Probabilities second, double[]? weights) => invocation.Progress.Run(
        "comparing", _ => ModelComparison.Compute(
            evaluation.Probabilities, second, evaluation.Labels, weights, EvaluateCommand.EvaluationOf(invocation), invocation.Cancellation));
}
