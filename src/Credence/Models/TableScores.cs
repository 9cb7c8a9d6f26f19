using Credence.Calibration;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Features;
using Credence.Features.Matrices;
using Credence.LogitModels;

namespace Credence.Models;

/// <summary>Rows through a model: features, logits, probabilities averaged where a cell is missing that never missed in training.</summary>
internal sealed record TableScores
{
    /// <summary>The features, in which a missing cell that never missed in training is a typical one.</summary>
    public required IFeatureMatrix Features { get; init; }

    /// <summary>Their logits.</summary>
    public required Logits Logits { get; init; }

    /// <summary>The calibrated probabilities.</summary>
    public required Probabilities Calibrated { get; init; }

    /// <summary>Computes the probabilities without a calibrator, which only an evaluation asks for.</summary>
    public required Func<Probabilities> Uncalibrated { get; init; }

    /// <summary>How many cells of each row are missing.</summary>
    public required int[] MissingCells { get; init; }

    /// <summary>Why a row can't be answered; null for those that can.</summary>
    public required string?[] Unanswered { get; init; }

    /// <summary>Scores rows.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="pipeline">From columns to features.</param>
    /// <param name="model">From features to logits.</param>
    /// <param name="calibrator">From logits to probabilities.</param>
    /// <param name="identity">From logits to probabilities without calibration.</param>
    /// <param name="average">Averages over stored rows; null where the model is of an older version and says nothing of them.</param>
    /// <param name="allowAbsentColumns">Whether an absent column counts as missing in every row.</param>
    /// <param name="notes">Takes a sentence for each thing that differs from the training data.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static TableScores Of(
        Table table, FeaturePipeline pipeline, ILogitModel model, ICalibrator calibrator, ICalibrator identity, MissingAverage? average,
        bool allowAbsentColumns, ICollection<string>? notes, int maxThreads, CancellationToken cancellationToken)
    {
        IFeatureMatrix features =
            pipeline.Apply(table, notes, maxThreads, allowAbsentColumns, out MissingInputs missing, cancellationToken);
        Logits logits = model.Score(features, maxThreads, cancellationToken);
        bool isMissing = missing.Cells.AsSpan().ContainsAnyExcept(0);
        if (isMissing && average is null)
            Note(missing, notes);

        (Probabilities calibrated, List<string>?[] lost) = Through(calibrator, notes);
        return new TableScores
        {
            Features = features,
            Logits = logits,
            Calibrated = calibrated,
            Uncalibrated = () => Through(identity, null).Probabilities,
            MissingCells = missing.Cells,
            Unanswered = Array.ConvertAll(lost, columns => columns is null ? null : Reason(columns)),
        };

        (Probabilities Probabilities, List<string>?[] Lost) Through(ICalibrator map, ICollection<string>? told)
        {
            Probabilities plain = map.Apply(logits, maxThreads);
            if (!isMissing || average is null)
                return (plain, new List<string>?[table.Rows]);

            double[] values = plain.Values.ToArray();
            List<string>?[] unanswered = average.Apply(features, missing, values, map, told, maxThreads, cancellationToken);
            return (new Probabilities(values, model.Classes), unanswered);
        }
    }

    /// <summary>Predictions with what is known of the rows' missing cells; a row that can't be answered abstains.</summary>
    public IReadOnlyList<Prediction> Complete(IReadOnlyList<Prediction> predictions) =>
    [
        .. predictions.Select((prediction, row) => MissingCells[row] == 0 ? prediction : prediction with
        {
            MissingCells = MissingCells[row],
            Abstain = prediction.Abstain || Unanswered[row] is not null,
            Reason = Unanswered[row],
        }),
    ];

    private static string Reason(List<string> columns) =>
        $"{string.Join(", ", columns.Take(5).Select(name => $"'{name}'"))}{(columns.Count > 5 ? $" and {columns.Count - 5} more" : "")} "
        + "missing, which never happened in training; the model keeps no training rows to average over";

    /// <summary>Says what a model of an older version can't do.</summary>
    private static void Note(MissingInputs missing, ICollection<string>? notes)
    {
        if (notes is null)
            return;

        foreach ((string column, int rows) in missing.Hidden().Take(5))
        {
            notes.Add(
                $"column '{column}' is missing in {rows} of {missing.Cells.Length} rows, but was in none in training: the model, of an "
                + "older version, takes such a cell for a typical one, so its confidence may be too high; train it again");
        }
    }
}
