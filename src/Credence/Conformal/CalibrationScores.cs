using System.Text.Json.Nodes;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Decisions;
using Credence.Persistence;

namespace Credence.Conformal;

/// <summary>The scores of the calibration rows' true classes, ascending, each with its class and its group. Everything a set needs
/// follows from them: a quantile for any α, for a class, for a group, or with weights.</summary>
internal sealed class CalibrationScores
{
    private readonly double[] scores;
    private readonly int[] labels;
    private readonly int[] groups;

    private CalibrationScores(double[] scores, int[] labels, int[] groups, int classes, string[] classNames, string[] groupNames)
    {
        this.scores = scores;
        this.labels = labels;
        this.groups = groups;
        Classes = classes;
        ClassNames = classNames;
        GroupNames = groupNames;
    }

    public int Rows => scores.Length;

    /// <summary>The smallest score; +∞ where there are no rows.</summary>
    public double Least => scores.Length == 0 ? double.PositiveInfinity : scores[0];

    public int Classes { get; }

    public IReadOnlyList<string> ClassNames { get; }

    public IReadOnlyList<string> GroupNames { get; }

    /// <summary>Scores every row that has a label (and a group, where groups are given).</summary>
    public static CalibrationScores From(
        Probabilities probabilities, Labels labels, ConformalOptions options, ReadOnlySpan<ulong> rowKeys, Labels? rowGroups)
    {
        ScoreCheck.Together(probabilities.Rows, probabilities.Classes, labels);
        ScoreCheck.Rows(probabilities, nameof(probabilities));
        if (!rowKeys.IsEmpty && rowKeys.Length != labels.Count)
            throw new ArgumentException($"There are {labels.Count} rows and {rowKeys.Length} row keys; there must be as many, or none.",
                nameof(rowKeys));

        if (rowGroups is not null && rowGroups.Count != labels.Count)
            throw new ArgumentException($"There are {labels.Count} rows and {rowGroups.Count} groups; there must be as many.",
                nameof(rowGroups));

        int rows = labels.Count;
        var known = new List<int>(rows);
        for (int row = 0; row < rows; row++)
        {
            if (labels[row] >= 0 && (rowGroups is null || rowGroups[row] >= 0))
                known.Add(row);
        }

        var values = new double[known.Count];
        var order = new int[known.Count];
        ulong[] keys = rowKeys.ToArray();
        NonconformityScores.ForRows(options, known.Count, probabilities.Classes, (i, scoring, ofRow) =>
        {
            int row = known[i];
            scoring.Compute(probabilities.Row(row), keys.Length == 0 ? RowKey.Of(row) : keys[row], ofRow);
            values[i] = ofRow[labels[row]];
            order[i] = i;
        });

        Array.Sort(values, order);
        return new CalibrationScores(
            values,
            [.. order.Select(i => labels[known[i]])],
            rowGroups is null ? [] : [.. order.Select(i => rowGroups[known[i]])],
            probabilities.Classes,
            [.. labels.Names],
            rowGroups is null ? [] : [.. rowGroups.Names]);
    }

    /// <summary>The names of the parts that have a quantile each; one part without a name where there is no partition.</summary>
    public IReadOnlyList<string> Parts(ConformalPartition partition) => partition switch
    {
        ConformalPartition.Class => ClassNames,
        ConformalPartition.Group => GroupNames,
        _ => [""],
    };

    /// <summary>The rows in each part.</summary>
    public int[] PartRows(ConformalPartition partition)
    {
        var rows = new int[Parts(partition).Count];
        for (int i = 0; i < scores.Length; i++)
            rows[PartOf(i, partition)]++;

        return rows;
    }

    /// <summary>The quantile of each part: the score of rank ⌈(n+1)(1−α)⌉ within it, +∞ where it has fewer rows.</summary>
    public double[] Quantiles(ConformalPartition partition, double alpha)
    {
        int[] rows = PartRows(partition);
        var rank = new int[rows.Length];
        for (int part = 0; part < rank.Length; part++)
            rank[part] = ConformalRank.Compute(rows[part], alpha);

        var quantiles = new double[rows.Length];
        Array.Fill(quantiles, double.PositiveInfinity);
        for (int i = 0; i < scores.Length; i++)
        {
            int part = PartOf(i, partition);
            if (--rank[part] == 0)
                quantiles[part] = scores[i];
        }

        return quantiles;
    }

    /// <summary>One quantile per class under weights of the true class: the least score t for which the rows with scores up to t weigh
    /// at least (1−α) of all rows and the new one together (Podkopaev and Ramdas 2021).</summary>
    public double[] QuantilesForClassWeights(ReadOnlySpan<double> classWeights, double alpha)
    {
        double total = 0;
        foreach (int label in labels)
            total += classWeights[label];

        var quantiles = new double[Classes];
        for (int k = 0; k < Classes; k++)
        {
            double needed = (1 - alpha) * (total + classWeights[k]);
            double sum = 0;
            int i = 0;
            while (i < scores.Length && (sum += classWeights[labels[i]]) < needed)
                i++;

            quantiles[k] = i < scores.Length ? scores[i] : double.PositiveInfinity;
        }

        return quantiles;
    }

    /// <summary>The share of rows, the new one counted, whose score is at least as large: (1 + #{sᵢ ≥ s})/(n+1).</summary>
    public double PValue(double score, ConformalPartition partition, int part)
    {
        int atLeast = 0;
        int rows = 0;
        if (partition == ConformalPartition.None)
        {
            rows = scores.Length;
            atLeast = AtLeast(scores, score);
        }
        else
        {
            for (int i = 0; i < scores.Length; i++)
            {
                if (PartOf(i, partition) == part)
                {
                    rows++;
                    atLeast += scores[i] >= score ? 1 : 0;
                }
            }
        }

        return (1.0 + atLeast) / (rows + 1.0);
    }

    public void Save(JsonObject saved, NamedTensors tensors, string prefix)
    {
        saved["rows"] = scores.Length;
        saved["classes"] = ClassNames.ToJson();
        saved["groups"] = GroupNames.ToJson();
        tensors.Add<double>(prefix + "scores", scores);
        tensors.Add<int>(prefix + "labels", labels);
        if (groups.Length > 0)
            tensors.Add<int>(prefix + "groups", groups);
    }

    /// <exception cref="InvalidDataException">A length, a range or the order of the scores is wrong.</exception>
    public static CalibrationScores Load(JsonObject saved, NamedTensors tensors, string prefix)
    {
        int rows = saved.Integer("rows");
        string[] classNames = saved.Texts("classes");
        string[] groupNames = saved.Texts("groups");
        double[] scores = tensors.Get<double>(prefix + "scores", rows);
        int[] labels = tensors.Get<int>(prefix + "labels", rows);
        int[] groups = groupNames.Length == 0 ? [] : tensors.Get<int>(prefix + "groups", rows);
        for (int i = 0; i < rows; i++)
        {
            if (!double.IsFinite(scores[i]) || (i > 0 && scores[i] < scores[i - 1]))
                throw new InvalidDataException($"Tensor '{prefix}scores' is not finite and ascending at {i}.");

            if (labels[i] < 0 || labels[i] >= classNames.Length)
                throw new InvalidDataException($"Tensor '{prefix}labels' has {labels[i]} at {i}; there are {classNames.Length} classes.");

            if (groups.Length > 0 && (groups[i] < 0 || groups[i] >= groupNames.Length))
                throw new InvalidDataException($"Tensor '{prefix}groups' has {groups[i]} at {i}; there are {groupNames.Length} groups.");
        }

        return new CalibrationScores(scores, labels, groups, classNames.Length, classNames, groupNames);
    }

    private int PartOf(int i, ConformalPartition partition) => partition switch
    {
        ConformalPartition.Class => labels[i],
        ConformalPartition.Group => groups[i],
        _ => 0,
    };

    /// <summary>How many of ascending scores are at or above a score.</summary>
    public static int AtLeast(double[] scores, double score) => scores.Length - RiskControl.FirstAnswered(scores, score);
}
