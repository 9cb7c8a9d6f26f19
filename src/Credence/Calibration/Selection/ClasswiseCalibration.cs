using System.Text.Json.Nodes;
using Credence.Calibration.OneVsRest;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Numerics;
using Credence.Persistence;

namespace Credence.Calibration.Selection;

/// <summary>Calibrates the log odds of each class by a map of its own, whatever the other classes': for rows that may be of several
/// classes, or of none. The result is one probability per class; they need not sum to 1.</summary>
/// <remarks>The maps are those of <see cref="CalibrationMethods.Classwise"/>, such as <see cref="PlattScaling"/>'s;
/// without a map the sigmoid is unchanged.</remarks>
public sealed class ClasswiseCalibration : ICalibrator
{
    private readonly IScoreMap[] maps;

    private ClasswiseCalibration(string method, int classes, IScoreMap[] maps)
    {
        Method = method;
        Classes = classes;
        this.maps = maps;
    }

    /// <summary>The plain sigmoids.</summary>
    /// <param name="classes">The number of classes, at least 1.</param>
    public ClasswiseCalibration(int classes)
        : this(IdentityCalibrator.Name, classes, []) => ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);

    /// <inheritdoc/>
    public string Method { get; }

    /// <inheritdoc/>
    public int Classes { get; }

    /// <inheritdoc/>
    public IReadOnlyList<CalibratorParameter> Parameters => [new("maps", maps.Length)];

    /// <summary>Fits one map per class.</summary>
    /// <param name="method">The name of one of <see cref="CalibrationMethods.Classwise"/>.</param>
    /// <param name="logits">[n, K], the log odds of each class.</param>
    /// <param name="labels">n sets of classes.</param>
    /// <param name="weights">n weights from 0 up, or none.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 uses one per core. The result does not depend on it.</param>
    /// <param name="cancellationToken">Cancels the fit.</param>
    /// <exception cref="ArgumentException">Lengths differ, the method is none of these, or a logit is NaN or infinite.</exception>
    public static ClasswiseCalibration Fit(
        string method, Logits logits, LabelSets labels, ReadOnlySpan<double> weights = default, int maxThreads = 0,
            CancellationToken cancellationToken = default)
    {
        CalibrationRows.Check(logits, logits.Classes, maxThreads);
        if (labels.Count != logits.Rows || labels.Classes != logits.Classes || logits.Rows == 0)
        {
            throw new ArgumentException(
                $"The logits are {logits.Rows} × {logits.Classes}, the label sets {labels.Count} of {labels.Classes} classes; there must "
                    + "be as many, at least one row.", nameof(labels));
        }

        CalibrationRows.CheckWeights(weights, logits.Rows);
        ScoreMapKind? kind = (Find(method) ?? throw new ArgumentException(
            $"The calibrators of rows with several labels are "
            + $"{string.Join(", ", CalibrationMethods.Classwise.Select(one => one.Name))}, not '{method}'.",
            nameof(method))).Map;
        int classes = logits.Classes;
        double[] rowWeights = CalibrationRows.WeightsOrOnes(weights, logits.Rows);
        var maps = new IScoreMap[kind is null ? 0 : classes];
        Chunks.For(maps.Length, maxThreads, k =>
        {
            var scores = new OneVsRestScore[logits.Rows];
            var isClass = new bool[logits.Rows];
            for (int row = 0; row < scores.Length; row++)
            {
                scores[row] = OneVsRestScore.OfLogOdds(logits.Row(row)[k]);
                isClass[row] = labels[row].BinarySearch(k) >= 0;
            }

            maps[k] = kind!.Fit(scores, isClass, rowWeights);
        }, cancellationToken);
        return new ClasswiseCalibration(method, classes, maps);
    }

    /// <inheritdoc/>
    public Probabilities Apply(Logits logits, int maxThreads = 0)
    {
        CalibrationRows.Check(logits, Classes, maxThreads);
        var probabilities = new double[logits.Rows * logits.Classes];
        var chunks = new RowChunks(logits.Rows, Classes);
        Chunks.For(chunks.Count, maxThreads, chunk =>
        {
            (int from, int to) = chunks[chunk];
            for (int row = from; row < to; row++)
            {
                for (int k = 0; k < Classes; k++)
                {
                    OneVsRestScore score = OneVsRestScore.OfLogOdds(logits.Row(row)[k]);
                    probabilities[(row * Classes) + k] = maps.Length == 0 ? score.Probability : maps[k].Apply(score);
                }
            }
        });
        return new Probabilities(probabilities, Classes);
    }

    /// <inheritdoc/>
    public JsonObject Save(NamedTensors tensors, string prefix) => new()
    {
        ["kind"] = Method,
        ["classes"] = Classes,
        ["maps"] = new JsonArray([.. maps.Select((map, k) => (JsonNode)map.Save(tensors, $"{prefix}{k}."))]),
    };

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Something is missing or out of range, or the kind is not known.</exception>
    public static ClasswiseCalibration Load(JsonObject saved, NamedTensors tensors, string prefix)
    {
        int classes = saved.Integer("classes", 1);
        string kind = saved.Text("kind");
        JsonObject[] maps = saved.Objects("maps");
        CalibrationMethod method = Find(kind)
            ?? throw new InvalidDataException($"The model's calibrator is of kind '{kind}', "
                + "which this version does not know for rows with several labels.");

        return maps.Length == (method.Map is null ? 0 : classes)
            ? new ClasswiseCalibration(kind, classes, [.. maps.Select((map, k) => method.Map!.Load(map, tensors, $"{prefix}{k}."))])
            : throw new InvalidDataException($"The calibrator has {maps.Length} maps for {classes} classes.");
    }

    private static CalibrationMethod? Find(string name) => CalibrationMethods.Classwise.FirstOrDefault(method => method.Name == name);
}
