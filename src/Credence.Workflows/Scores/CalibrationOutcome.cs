using Credence.Data.Scores;
using Credence.Files.Scores;
using Credence.Models.Files;
using Credence.Models.Learning;
using Credence.Persistence;

namespace Credence.Workflows.Scores;

/// <summary>A calibrator of scores, how it was chosen, and its evaluation.</summary>
public sealed record CalibrationOutcome
{
    /// <summary>The scores as given.</summary>
    public required SavedScores Scores { get; init; }

    /// <summary>The calibrator and how it was chosen.</summary>
    public required ScoreCalibrationFit Fit { get; init; }

    /// <summary>The evaluation before and after calibration, on rows the calibrator was not fitted on.</summary>
    public required EvaluationOutcome Evaluation { get; init; }

    /// <summary>The most threads to apply the calibrator with; 0 uses one per core.</summary>
    public int MaxThreads { get; init; }

    /// <summary>The calibrated probabilities of all rows.</summary>
    public Probabilities Apply() => Fit.Calibrator.Apply(Scores.Values, MaxThreads, Scores.Groups);

    /// <summary>Writes, whole or not at all: to a <c>.csv</c> or <c>.npz</c> file the calibrated probabilities of all rows, to any other
    /// the
    /// calibrator, which <see cref="ModelFile.Open"/> reads.</summary>
    /// <param name="path">The file; it is overwritten.</param>
    /// <exception cref="IOException">The file can't be written; an existing one is unchanged.</exception>
    public void Save(string path)
    {
        using PendingFile file = Prepare(path);
        file.Publish();
    }

    /// <summary>Writes what <see cref="Save"/> does to a file that gets its name later.</summary>
    /// <param name="path">The file that it will overwrite.</param>
    /// <exception cref="IOException">The file can't be written.</exception>
    public PendingFile Prepare(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".csv" => WholeFile.Prepare(path, stream => ScoreFiles.WriteCsv(stream, Apply(), Scores.Classes, Scores.Labels)),
        ".npz" => WholeFile.Prepare(path, stream => ScoreFiles.WriteNpz(stream, Apply(), Scores.Classes, Scores.Labels)),
        _ => ModelFile.Prepare(Fit.Calibrator, path),
    };
}
