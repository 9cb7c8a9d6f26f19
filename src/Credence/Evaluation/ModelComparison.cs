using System.Globalization;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Evaluation.Intervals;
using Credence.Evaluation.Metrics;
using Credence.Evaluation.Results;
using Credence.Numerics;

namespace Credence.Evaluation;

/// <summary>A comparison of two models on the same rows: the difference of each metric, with its interval and p-value.</summary>
/// <remarks>Rows are drawn with replacement for both at once (the paired bootstrap), so difficulty that both models share cancels. Each
/// metric is
/// tested separately, at 5 %; the log loss decides.</remarks>
public sealed record ModelComparison
{
    /// <summary>The rows both were evaluated on.</summary>
    public required int Rows { get; init; }

    /// <summary>The differences, each with its interval.</summary>
    public required IReadOnlyList<MetricDifference> Differences { get; init; }

    /// <summary>The main finding: by log loss, or by Brier score where a log loss is infinite.</summary>
    public required string Verdict { get; init; }

    /// <summary>Compares.</summary>
    /// <param name="first">[rows, classes].</param>
    /// <param name="second">[rows, classes], of the same rows and classes.</param>
    /// <param name="labels">The true classes, none missing.</param>
    /// <param name="weights">One weight per row, or null.</param>
    /// <param name="options">Draws (at least 40), seed and threads; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="ArgumentException">Shapes differ, a value is not a probability, a label is missing, a weight or an option is out of
    /// range.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public static ModelComparison Compute(
        Probabilities first, Probabilities second, Labels labels, double[]? weights = null, EvaluationOptions? options = null,
            CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(labels);
        options ??= new EvaluationOptions();
        options.Check(first.Rows);
        if (options.BootstrapDraws == 0)
            throw new ArgumentException($"'{nameof(options.BootstrapDraws)}' is 0; a comparison needs at least 40.", nameof(options));

        if (first.Rows != second.Rows)
            throw new ArgumentException(
                $"There are {first.Rows} rows of one model and {second.Rows} of the other; both need the same rows.", nameof(second));

        var a = new ComparedModel(first, labels, weights, options.MaxThreads, cancellationToken);
        var b = new ComparedModel(second, labels, weights, options.MaxThreads, cancellationToken);
        int draws = Bootstrap.Count(first.Rows, options.BootstrapDraws);
        var drawn = new (RowMetrics First, RowMetrics Second)[draws];
        Rng rng = new(options.Seed);
        const int Size = 8;
        Chunks.For(
            Chunks.Count(draws, Size),
            options.MaxThreads,
            chunk =>
            {
                var byRow = new double[first.Rows];
                var ordered = new double[first.Rows];
                var counts = new ClassCounts(labels.Classes);
                for (int draw = chunk * Size; draw < Math.Min(draws, (chunk + 1) * Size); draw++)
                {
                    Bootstrap.Weigh(a.Weights, rng.Split((ulong)draw), byRow);
                    drawn[draw] = (a.Of(byRow, ordered, counts), b.Of(byRow, ordered, counts));
                }
            },
            cancellationToken);

        var all = new ClassCounts(labels.Classes);
        var scratch = new double[first.Rows];
        RowMetrics whole = a.Of(a.Weights, scratch, all), other = b.Of(b.Weights, scratch, all);
        MetricDifference[] differences = [.. MetricCatalog.Compared.Select(Difference)];
        MetricDifference deciding = double.IsFinite(differences[0].Value) ? differences[0] : differences[1];
        return new ModelComparison { Rows = first.Rows, Differences = differences, Verdict = deciding.Verdict };

        MetricDifference Difference(LabelMetric metric)
        {
            (string name, Func<RowMetrics, double> figure) = (metric.Metric.Name, metric.Compared!);
            double value = figure(whole) - figure(other);
            double[] moves = [.. drawn.Select(draw => figure(draw.First) - figure(draw.Second))];
            bool isKnown = double.IsFinite(value) && Array.TrueForAll(moves, double.IsFinite);
            Interval interval = isKnown ? Interval.Percentiles(moves) : Interval.None;
            bool? isFirstBetter = !interval.IsKnown || (interval.Low <= 0 && interval.High >= 0) ? null
                : value > 0 == metric.Metric.IsHigherBetter;
            double below = moves.Count(move => move <= 0), above = moves.Count(move => move >= 0);
            return new MetricDifference(
                name, figure(whole), figure(other), value, interval,
                isKnown ? Math.Min(1, 2 * (Math.Min(below, above) + 1) / (moves.Length + 1)) : double.NaN,
                Words(name, value, interval, isFirstBetter),
                $"first less second, {metric.Definition(options.Bins)}; paired bootstrap of "
                    + $"{draws.ToString("#,0", CultureInfo.InvariantCulture)} draws")
            {
                IsFirstBetter = isFirstBetter,
            };
        }
    }

    private static string Words(string name, double value, Interval interval, bool? isFirstBetter)
    {
        string figure = name.Replace('_', ' ');
        if (!interval.IsKnown)
            return $"the {figure} of one of them is infinite or not defined, so they can't be compared by it";

        if (isFirstBetter is not { } first)
            return $"no significant difference in {figure}: {Signed(value)}, {Signed(interval.Low)} to {Signed(interval.High)}";

        return $"the {(first ? "first" : "second")} is better by {figure}: a difference of {Signed(value)}, {Signed(interval.Low)} to "
            + $"{Signed(interval.High)}";
    }

    private static string Signed(double value) => (value > 0 ? "+" : value < 0 ? "−" : "") + CalibrationVerdict.Text(Math.Abs(value));
}
