using System.Text.Json.Nodes;
using Credence.Data.Scores;
using Credence.Numerics;
using Credence.Persistence;

namespace Credence.OutOfDistribution;

/// <summary>Computes a row's outlier score from its logits.</summary>
public sealed class LogitScorer : IOutlierScorer
{
    internal const string Kind = "logits";

    private readonly LogitScorerOptions options;
    private readonly double[] logMeans;

    private LogitScorer(LogitScorerOptions options, int classes, double[] logMeans)
    {
        this.options = options;
        Columns = classes;
        this.logMeans = logMeans;
    }

    /// <inheritdoc/>
    public OutlierInput Input => OutlierInput.Logits;

    /// <inheritdoc/>
    public int Columns { get; }

    /// <summary>The score.</summary>
    public LogitScore Of => options.Score;

    /// <summary>Creates a scorer. Only KL matching is fitted to the rows: the mean probabilities of each predicted class.</summary>
    /// <param name="logits">[n, K], of in-distribution rows.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentException">An option is out of range, or for KL matching there are no rows.</exception>
    public static LogitScorer Fit(Logits logits, LogitScorerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(logits);
        options ??= new LogitScorerOptions();
        options.Check();
        if (options.Score != LogitScore.KlMatching)
            return new LogitScorer(options, logits.Classes, []);

        if (logits.Rows == 0)
            throw new ArgumentException("KL matching needs in-distribution rows; there are none.", nameof(logits));

        int classes = logits.Classes;
        var sums = new double[classes * classes];
        var counts = new int[classes];
        var p = new double[classes];
        for (int row = 0; row < logits.Rows; row++)
        {
            Softmax.Forward(logits.Row(row), p);
            int top = Confidence.Top(p);
            counts[top]++;
            for (int k = 0; k < classes; k++)
                sums[(top * classes) + k] += p[k];
        }

        for (int i = 0; i < sums.Length; i++)
        {
            // A class that is never predicted matches nothing: its logs stay NaN, and the score leaves it out.
            int count = counts[i / classes];
            sums[i] = count == 0 ? double.NaN : Log.Compute(Math.Max(options.Floor, sums[i] / count));
        }

        return new LogitScorer(options, classes, sums);
    }

    /// <inheritdoc/>
    public double Score(ReadOnlySpan<double> row)
    {
        if (row.Length != Columns)
            throw new ArgumentException($"'{nameof(row)}' has length {row.Length}, needs {Columns}.", nameof(row));

        switch (options.Score)
        {
            case LogitScore.MaxLogit:
                return -Confidence.Compute(row);
            case LogitScore.Energy:
                var scaled = new double[row.Length];
                for (int k = 0; k < row.Length; k++)
                    scaled[k] = row[k] / options.Temperature;

                return -options.Temperature * LogSumExp.Compute(scaled);
            default:
                var p = new double[row.Length];
                Softmax.Forward(row, p);
                return OfProbabilities(p);
        }
    }

    /// <inheritdoc/>
    public JsonObject Save(NamedTensors tensors, string prefix)
    {
        if (logMeans.Length > 0)
            tensors.Add<double>(prefix + "log_means", logMeans, Columns, Columns);

        return new JsonObject
        {
            ["kind"] = Kind,
            ["score"] = options.Score.ToString(),
            ["classes"] = Columns,
            ["temperature"] = options.Temperature,
            ["gamma"] = options.Gamma,
            ["top_classes"] = options.TopClasses,
            ["floor"] = options.Floor,
        };
    }

    internal static LogitScorer Load(JsonObject saved, NamedTensors tensors, string prefix)
    {
        if (!Enum.TryParse(saved.Text("score"), out LogitScore score) || !Enum.IsDefined(score))
            throw new InvalidDataException($"The outlier 'score' is '{saved.Text("score")}', not known.");

        int classes = saved.Integer("classes", 1);
        var options = new LogitScorerOptions
        {
            Score = score,
            Temperature = saved.Number("temperature"),
            Gamma = saved.Number("gamma"),
            TopClasses = saved.Integer("top_classes", 1),
            Floor = saved.Number("floor"),
        };
        try
        {
            options.Check();
        }
        catch (ArgumentException error)
        {
            throw new InvalidDataException($"The outlier score is out of range: {error.Message}", error);
        }

        double[] logMeans = score == LogitScore.KlMatching ? tensors.Get<double>(prefix + "log_means", (long)classes * classes) : [];
        if (logMeans.Any(double.IsInfinity))
            throw new InvalidDataException($"Tensor '{prefix}log_means' has a value that is not finite.");

        return new LogitScorer(options, classes, logMeans);
    }

    private double OfProbabilities(double[] p) => options.Score switch
    {
        LogitScore.MaxProbability => -Confidence.Compute(p),
        LogitScore.GeneralisedEntropy => GeneralisedEntropy(p),
        LogitScore.KlMatching => KlMatching(p),
        _ => Entropy(p),
    };

    private double GeneralisedEntropy(double[] p)
    {
        if (p.Length > options.TopClasses)
        {
            Array.Sort(p);
            p = p[^options.TopClasses..];
        }

        double sum = 0;
        foreach (double value in p)
        {
            double product = value * (1 - value);
            if (!(product <= 0))
                sum += Exp.Compute(options.Gamma * Log.Compute(product));
        }

        return sum;
    }

    private double KlMatching(double[] p)
    {
        double negativeEntropy = -Entropy(p);
        double least = double.PositiveInfinity;
        for (int k = 0; k < Columns; k++)
        {
            double cross = 0;
            for (int j = 0; j < Columns; j++)
                cross += p[j] * logMeans[(k * Columns) + j];

            if (negativeEntropy - cross < least)
                least = negativeEntropy - cross;
        }

        return double.IsNaN(negativeEntropy) ? double.NaN : least;
    }

    private static double Entropy(double[] p)
    {
        double sum = 0;
        foreach (double value in p)
        {
            if (value != 0)
                sum -= value * Log.Compute(value);
        }

        return sum;
    }
}
