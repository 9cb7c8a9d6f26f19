using System.Text.Json.Nodes;
using Credence.Calibration.Scaling;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Numerics;
using Credence.Persistence;

namespace Credence.Calibration.OneVsRest;

/// <summary>Calibrates each class against the rest by a map of its own score alone, and scales the row to sum to 1. Two classes need one
/// map, of the second class. A property of a map (monotonicity, an error bound) does not survive the scaling where there are more than
/// two.</summary>
/// <remarks>A share m of the uniform distribution is mixed in, so that no class has probability 0: m = 1/(n + 1), or 0 on request.
/// A row whose probabilities are 0 by every map keeps its softmax.</remarks>
public sealed class OneVsRestCalibrator : ICalibrator
{
    private readonly IScoreMap[] maps;
    private readonly double mixed;

    private OneVsRestCalibrator(string method, int classes, IScoreMap[] maps, double mixed)
    {
        Method = method;
        Classes = classes;
        this.maps = maps;
        this.mixed = mixed;
    }

    /// <inheritdoc/>
    public string Method { get; }

    /// <inheritdoc/>
    public int Classes { get; }

    /// <inheritdoc/>
    public IReadOnlyList<CalibratorParameter> Parameters => [new("maps", maps.Length), new("share of the uniform distribution", mixed)];

    internal IReadOnlyList<IScoreMap> Maps => maps;

    internal static OneVsRestCalibrator Fit(
        string method, Logits logits, Labels labels, ReadOnlySpan<double> weights, bool floored, int maxThreads, ScoreMapFit fit,
            CancellationToken cancellationToken)
    {
        CalibrationRows.Check(logits, labels, weights, maxThreads);
        int classes = logits.Classes, rows = logits.Rows;
        int[] mapped = classes == 2 ? [1] : [.. Enumerable.Range(0, classes)];
        OneVsRestScore[][] scores = Columns(logits, mapped, maxThreads);
        double[] rowWeights = CalibrationRows.WeightsOrOnes(weights, rows);
        var maps = new IScoreMap[mapped.Length];
        Chunks.For(mapped.Length, maxThreads, i =>
            maps[i] = fit(scores[i], [.. labels.Indices.ToArray().Select(label => label == mapped[i])], rowWeights), cancellationToken);
        return new OneVsRestCalibrator(method, classes, maps, floored ? 1 / (CalibrationTargets.EffectiveRows(rows, weights) + 1) : 0);
    }

    /// <inheritdoc/>
    public Probabilities Apply(Logits logits, int maxThreads = 0)
    {
        CalibrationRows.Check(logits, Classes, maxThreads);
        var probabilities = new double[logits.Rows * logits.Classes];
        ForRows(logits, maxThreads, (row, scores) => Row(scores, probabilities.AsSpan(row * Classes, Classes)));
        return new Probabilities(probabilities, Classes);
    }

    private void Row(OneVsRestScore[] scores, Span<double> p)
    {
        if (Classes == 2)
        {
            p[1] = maps[0].Apply(scores[1]);
            p[0] = 1 - p[1];
        }
        else
        {
            double sum = 0;
            for (int k = 0; k < p.Length; k++)
                sum += p[k] = maps[k].Apply(scores[k]);

            for (int k = 0; k < p.Length; k++)
                p[k] = sum > 0 ? p[k] / sum : scores[k].Probability;
        }

        for (int k = 0; k < p.Length && mixed > 0; k++)
            p[k] = Math.FusedMultiplyAdd(1 - mixed, p[k], mixed / p.Length);
    }

    internal void ForRows(Logits logits, int maxThreads, Action<int, OneVsRestScore[]> body)
    {
        var chunks = new RowChunks(logits.Rows, Classes);
        Chunks.For(chunks.Count, maxThreads, chunk =>
        {
            var work = new double[Classes];
            var scores = new OneVsRestScore[Classes];
            (int from, int to) = chunks[chunk];
            for (int row = from; row < to; row++)
            {
                OneVsRestScore.Row(logits.Row(row), work, scores);
                body(row, scores);
            }
        });
    }

    private static OneVsRestScore[][] Columns(Logits logits, int[] mapped, int maxThreads)
    {
        OneVsRestScore[][] columns = [.. mapped.Select(_ => new OneVsRestScore[logits.Rows])];
        var chunks = new RowChunks(logits.Rows, logits.Classes);
        Chunks.For(chunks.Count, maxThreads, chunk =>
        {
            var work = new double[logits.Classes];
            var scores = new OneVsRestScore[logits.Classes];
            (int from, int to) = chunks[chunk];
            for (int row = from; row < to; row++)
            {
                OneVsRestScore.Row(logits.Row(row), work, scores);
                for (int i = 0; i < mapped.Length; i++)
                    columns[i][row] = scores[mapped[i]];
            }
        });
        return columns;
    }

    /// <inheritdoc/>
    public JsonObject Save(NamedTensors tensors, string prefix)
    {
        var saved = new JsonArray();
        for (int i = 0; i < maps.Length; i++)
            saved.Add((JsonNode)maps[i].Save(tensors, $"{prefix}{i}."));

        return new JsonObject { ["kind"] = Method, ["classes"] = Classes, ["mixed"] = mixed, ["maps"] = saved };
    }

    internal static OneVsRestCalibrator Load(
        JsonObject saved, NamedTensors tensors, string prefix, Func<JsonObject, NamedTensors, string, IScoreMap> load)
    {
        int classes = saved.Integer("classes", 2);
        double mixed = saved.Number("mixed");
        JsonObject[] maps = saved.Objects("maps");
        if (maps.Length != (classes == 2 ? 1 : classes))
            throw new InvalidDataException($"The calibrator has {maps.Length} maps for {classes} classes.");

        if (!(mixed >= 0 && mixed < 1))
            throw new InvalidDataException($"The calibrator's 'mixed' is {mixed}; it must be from 0 to below 1.");

        return new OneVsRestCalibrator(saved.Text("kind"), classes, [.. maps.Select((map, i) => load(map, tensors, $"{prefix}{i}."))],
            mixed);
    }
}
