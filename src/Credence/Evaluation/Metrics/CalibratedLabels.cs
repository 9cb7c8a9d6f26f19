using Credence.Data.Scores;
using Credence.Numerics;

namespace Credence.Evaluation.Metrics;

/// <summary>Draws labels from the probabilities, as for a calibrated model, and computes every metric on them.</summary>
internal sealed class CalibratedLabels(
    Probabilities probabilities,
    ScoredRows scored,
    SortedRows sorted,
    CalibrationMetrics figures,
    ClasswiseCalibrationError classwise,
    ClasswiseNoise noise,
    ClassTests tests,
    CalibrationRefinementDecomposition split,
    EqualWidthBins bins)
{
    private const int BlockDraws = 1 << 19, Tile = 16;
    private const int MostFlags = 1 << 26;
    private const int MostCells = 1 << 23;

    private readonly int[] place = Places(sorted);
    private readonly IRowScore[] scores = [.. MetricCatalog.Scores.Select(metric => metric.Score!)];

    /// <summary>The metrics of the true labels, computed as those of a draw are.</summary>
    public NullDraw OfTruth()
    {
        DrawSums sums = Sums(Predicted());
        var (chances, logs) = (new double[scored.Count], new double[scored.Count]);
        for (int row = 0; row < chances.Length; row++)
            chances[row] = probabilities.Row(row)[scored.Truth[row]];

        Log.Apply(chances, logs);
        Add(sums, 0, scored.Truth, chances, logs);
        return Finish(sums);
    }

    /// <summary>The metrics of each draw.</summary>
    public NullDraw[] Draw(int draws, Rng rng, int maxThreads, CancellationToken cancellationToken)
    {
        var results = new NullDraw[draws];
        int batch = Math.Clamp(Math.Min(MostFlags / scored.Count, MostCells / classwise.Expected.Length), 1, Math.Max(1, draws));
        for (int first = 0; first < draws; first += batch)
            Draw(results.AsMemory(first, Math.Min(batch, draws - first)), rng.Split((ulong)first), maxThreads, cancellationToken);
        return results;
    }

    private void Draw(Memory<NullDraw> results, Rng rng, int maxThreads, CancellationToken cancellationToken)
    {
        var sums = new DrawSums[results.Length];
        ClassCounts predicted = Predicted();
        for (int draw = 0; draw < sums.Length; draw++)
            sums[draw] = Sums(predicted);

        // Each draw's labels of a block of rows lie together, so that adding them up walks through memory.
        int draws = sums.Length, block = Math.Clamp(BlockDraws / draws / Tile, 1, Chunks.Count(scored.Count, Tile)) * Tile;
        ClusterDraws[]? shared = scored.Clusters is not { } clusters ? null
            : [.. Enumerable.Range(0, draws).Select(draw => new ClusterDraws(clusters, rng.Split(ulong.MaxValue - (ulong)draw)))];
        var labels = new int[block * draws];
        var chances = new double[block * draws];
        var logs = new double[block * draws];
        for (int start = 0; start < scored.Count; start += block)
        {
            int rows = Math.Min(block, scored.Count - start), origin = start;
            Chunks.For(
                Chunks.Count(rows, Tile),
                maxThreads,
                tile =>
                {
                    var drawing = new LabelDraws(probabilities.Classes);
                    var drawn = new int[draws];
                    var chance = new double[draws];
                    for (int i = tile * Tile; i < Math.Min(rows, (tile + 1) * Tile); i++)
                    {
                        int row = origin + i;
                        if (shared is null)
                            drawing.Draw(probabilities.Row(row), rng.Split((ulong)row), drawn, chance);
                        else
                            LabelDraws.Together(
                                probabilities.Row(row), scored.Predicted[row], row, shared, rng.Split((ulong)row), drawn, chance);

                        for (int draw = 0; draw < draws; draw++)
                            (labels[(draw * block) + i], chances[(draw * block) + i]) = (drawn[draw], chance[draw]);
                    }
                },
                cancellationToken);
            Chunks.For(
                draws,
                maxThreads,
                draw =>
                {
                    Range all = (draw * block)..((draw * block) + rows);
                    Log.Apply(chances.AsSpan()[all], logs.AsSpan()[all]);
                    Add(sums[draw], origin, labels.AsSpan()[all], chances.AsSpan()[all], logs.AsSpan()[all]);
                },
                cancellationToken);
        }

        Chunks.For(draws, maxThreads, draw => results.Span[draw] = Finish(sums[draw]), cancellationToken);
    }

    // What is predicted is the same in every draw.
    private ClassCounts Predicted()
    {
        var predicted = new ClassCounts(probabilities.Classes);
        for (int row = 0; row < scored.Count; row++)
            predicted.AddPrediction(scored.Predicted[row], scored.Weights[row]);
        return predicted;
    }

    private DrawSums Sums(ClassCounts predicted) =>
        new(scored.Count, scores.Length, predicted.Copy(), classwise.Expected, probabilities.Classes);

    private void Add(DrawSums sums, int first, ReadOnlySpan<int> labels, ReadOnlySpan<double> chances, ReadOnlySpan<double> logs)
    {
        double slope = 0, brierSlope = 0, scale = 1.0 / scored.Count;
        for (int i = 0; i < labels.Length; i++)
        {
            int row = first + i, label = labels[i];
            double weight = scored.Weights[row], chance = chances[i], log = logs[i];
            sums.Correct[place[row]] = label == scored.Predicted[row];
            sums.Gaps[(label * bins.Count) + bins.Of(chance)] -= weight * scale;
            sums.Happened[label] += weight;
            sums.Happened[probabilities.Classes + label] += weight * Math.Min(chance, 1);
            if (weight > 0)
            {
                slope += weight * (split.MeanLog[row] - log);
                brierSlope += weight * (split.BrierSlope[row] - (2 * chance * (log - split.MeanLog[row])));
                sums.Counts.AddTruth(label, scored.Predicted[row], weight);
            }
        }

        Range rows = first..(first + labels.Length);
        for (int score = 0; score < scores.Length; score++)
            sums.Scores[score] += scores[score].Sum(scored.Weights.AsSpan()[rows], scored.Terms[score].AsSpan()[rows], chances, logs);

        sums.Slope += slope;
        sums.BrierSlope += brierSlope;
    }

    private NullDraw Finish(DrawSums sums)
    {
        int n = scored.Count;
        var curve = new double[figures.CurveAt.Length];
        CalibrationErrors errors = figures.OfDraw(sums.Correct, sums.Gaps, curve);
        var byClass = new double[probabilities.Classes];
        for (int k = 0; k < byClass.Length; k++)
            byClass[k] = BinnedCalibrationError.ExpectedCalibrationError(sums.Gaps.AsSpan(k * bins.Count, bins.Count));

        (double[] low, double[] high) = noise.Of(sums.Gaps);
        return new NullDraw
        {
            Rows = RowMetrics.Compute(sorted, sorted.Weights, sums.Correct, Array.ConvertAll(sums.Scores, sum => sum / n),
                sums.Counts.MacroF1()),
            Errors = errors,
            ClassErrors = byClass,
            LeastClassPValue = tests.Least(sums.Happened),
            ClasswiseLow = low,
            ClasswiseHigh = high,
            Gain = split.Gain(sums.Slope / n, sums.BrierSlope / n),
            Curve = curve,
        };
    }

    private static int[] Places(SortedRows sorted)
    {
        var place = new int[sorted.Count];
        for (int i = 0; i < place.Length; i++)
            place[sorted.Rows[i]] = i;
        return place;
    }

    /// <summary>What one draw adds up to, row by row.</summary>
    private sealed class DrawSums
    {
        public readonly bool[] Correct;
        public readonly double[] Gaps;
        public readonly ClassCounts Counts;
        public readonly double[] Scores, Happened;
        public double Slope, BrierSlope;

        public DrawSums(int rows, int scores, ClassCounts counts, double[] expected, int classes)
        {
            Happened = new double[2 * classes];
            Scores = new double[scores];
            Correct = new bool[rows];
            Gaps = (double[])expected.Clone();
            Counts = counts;
        }
    }
}
