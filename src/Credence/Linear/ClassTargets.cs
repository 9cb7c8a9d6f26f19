using System.Numerics;
using Credence.Data;
using Credence.Losses;
using Credence.Numerics;

namespace Credence.Linear;

/// <summary>One class per row: the cross-entropy of the softmax of its scores.</summary>
internal sealed class ClassTargets(Labels labels) : ITargets
{
    public int Count => labels.Count;

    public int Classes => labels.Classes;

    public ScoreColumns Columns => new(labels.Classes, difference: labels.Classes == 2);

    public int Answers => 1;

    public double Entropy
    {
        get
        {
            double entropy = 0;
            foreach (int count in labels.Counts())
            {
                double share = (double)count / labels.Count;
                entropy -= share > 0 ? share * Log.Compute(share) : 0;
            }

            return entropy;
        }
    }

    /// <summary>For two classes the softmax is the sigmoid of the difference of the scores: an eighth of the work of two padded
    /// scores.</summary>
    public IRowLoss<T> Loss<T>(double[] weights)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Columns.Difference ? new SigmoidLoss<T>(Second(), weights) : new SoftmaxLoss<T>(labels.Indices.ToArray(), weights, labels.Classes);

    public double LossOf(int row, ReadOnlySpan<double> scores) => LogSumExp.Compute(scores) - scores[labels[row]];

    public void Check(int rows) => TrainingRows.CheckLabels(labels, rows);

    public void CheckFold(int[] rows) => TrainingRows.CheckLabels(labels.Select(rows), rows.Length);

    /// <summary>Which rows are of the second class.</summary>
    private LabelSets Second()
    {
        var starts = new int[labels.Count + 1];
        for (int row = 0; row < labels.Count; row++)
            starts[row + 1] = starts[row] + (labels[row] == 1 ? 1 : 0);

        return new LabelSets(starts, new int[starts[^1]], [labels.Names[1]]);
    }
}
