using System.Collections.Concurrent;
using Credence.Calibration;
using Credence.Data.Scores;
using Credence.Features;
using Credence.Features.Matrices;
using Credence.LogitModels;

namespace Credence.Models;

/// <summary>Averages the probabilities of a row over stored rows, where a cell is missing in a column that never missed in training: all
/// missing columns of the row come from the same stored row, so that what holds between them is kept.</summary>
internal sealed class MissingAverage(ILogitModel model, StoredRows stored)
{
    private const int MostShifts = 1024, MostValues = 1 << 22;

    private readonly ConcurrentDictionary<string, FillShift> shifts = new(StringComparer.Ordinal);

    /// <summary>The stored rows.</summary>
    public StoredRows Stored => stored;

    /// <summary>Replaces the probabilities of rows with such cells.</summary>
    /// <param name="features">The rows' features.</param>
    /// <param name="missing">Their missing cells.</param>
    /// <param name="probabilities">[rows, classes], changed in place.</param>
    /// <param name="calibrator">From logits to probabilities.</param>
    /// <param name="notes">Takes a sentence on how many rows were averaged.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The columns for which a row can't be answered, since none of their rows are kept; null for a row that can.</returns>
    public List<string>?[] Apply(
        IFeatureMatrix features, MissingInputs missing, double[] probabilities, ICalibrator calibrator, ICollection<string>? notes,
        int maxThreads, CancellationToken cancellationToken)
    {
        var unanswered = new List<string>?[features.Rows];
        var never = stored.NeverMissing.ToHashSet(StringComparer.Ordinal);
        var kept = stored.Columns.Where(never.Contains).ToHashSet(StringComparer.Ordinal);
        var patterns = new Dictionary<string, (FeatureRun[] Unknown, List<int> Rows)>(StringComparer.Ordinal);
        for (int row = 0; row < unanswered.Length; row++)
        {
            if (missing.Cells[row] == 0)
                continue;

            if (missing.Columns(row, name => never.Contains(name) && !kept.Contains(name)) is { Count: > 0 } lost)
                unanswered[row] = lost;

            FeatureRun[] unknown = missing.Unknown(row, kept.Contains);
            if (unknown.Length == 0)
                continue;

            string key = string.Join(' ', unknown.Select(run => $"{run.First}+{run.Count}"));
            if (!patterns.TryGetValue(key, out (FeatureRun[] Unknown, List<int> Rows) pattern))
                patterns.Add(key, pattern = (unknown, []));

            pattern.Rows.Add(row);
        }

        foreach ((string key, (FeatureRun[] unknown, List<int> rows)) in patterns)
        {
            FillShift shift = ShiftOf(key, unknown, features, maxThreads, cancellationToken);
            int batch = Math.Max(1, MostValues / stored.Count / Math.Max(features.Columns, model.Classes));
            foreach (int[] some in rows.Chunk(batch))
                Average(features, some, unknown, shift, probabilities, calibrator, maxThreads, cancellationToken);
        }

        int averaged = patterns.Values.Sum(pattern => pattern.Rows.Count), left = unanswered.Count(columns => columns is not null);
        if (averaged > 0)
        {
            notes?.Add($"{averaged} of {features.Rows} rows miss a cell in a column that never missed in training: their probabilities are "
                + $"averaged over {stored.Count} stored training rows");
        }

        if (left > 0)
        {
            notes?.Add($"{left} of {features.Rows} rows abstain: a cell is missing in a column that never missed in training, and the "
                + "model keeps no training rows to average over");
        }

        return unanswered;
    }

    private FillShift ShiftOf(
        string key, FeatureRun[] unknown, IFeatureMatrix features, int maxThreads, CancellationToken cancellationToken)
    {
        if (shifts.TryGetValue(key, out FillShift? known))
            return known;

        cancellationToken.ThrowIfCancellationRequested();
        IFeatureMatrix typical = FeatureFill.All(features, [], stored.Features, unknown);
        Logits parts = model.Score(typical, maxThreads, cancellationToken);
        var shift = FillShift.Fit(stored.Features, unknown, parts.Values, model.Classes);
        if (shifts.Count < MostShifts)
            shifts.TryAdd(key, shift);

        return shift;
    }

    private void Average(
        IFeatureMatrix features, int[] rows, FeatureRun[] unknown, FillShift shift, double[] probabilities, ICalibrator calibrator,
        int maxThreads, CancellationToken cancellationToken)
    {
        int classes = model.Classes, block = stored.Count * classes;
        Logits filled = model.Score(FeatureFill.All(features, rows, stored.Features, unknown), maxThreads, cancellationToken);
        double[] logits = filled.Values.ToArray();
        for (int i = 0; i < rows.Length; i++)
            shift.Add(features, rows[i], unknown, logits.AsSpan(i * block, block));

        Probabilities each = calibrator.Apply(new Logits(logits, classes), maxThreads);
        for (int i = 0; i < rows.Length; i++)
        {
            Span<double> mean = probabilities.AsSpan(rows[i] * classes, classes);
            mean.Clear();
            for (int r = 0; r < stored.Count; r++)
            {
                ReadOnlySpan<double> one = each.Row((i * stored.Count) + r);
                for (int k = 0; k < classes; k++)
                    mean[k] += one[k] / stored.Count;
            }
        }
    }
}
