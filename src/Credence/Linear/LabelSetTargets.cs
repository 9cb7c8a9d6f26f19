using System.Numerics;
using Credence.Data;
using Credence.Losses;
using Credence.Numerics;

namespace Credence.Linear;

/// <summary>A set of classes per row: the binary cross-entropy of the sigmoid of each class's score, independently.</summary>
internal sealed class LabelSetTargets(LabelSets sets) : ITargets
{
    public int Count => sets.Count;

    public int Classes => sets.Classes;

    public ScoreColumns Columns => new(sets.Classes, difference: false);

    public int Answers => sets.Classes;

    public double Entropy
    {
        get
        {
            double entropy = 0;
            foreach (int count in sets.Counts())
            {
                double share = (double)count / sets.Count;
                entropy -= count > 0 && count < sets.Count ? share * Log.Compute(share) + (1 - share) * Log.Compute(1 - share) : 0;
            }

            return entropy;
        }
    }

    public IRowLoss<T> Loss<T>(double[] weights)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new SigmoidLoss<T>(sets, weights);

    public double LossOf(int row, ReadOnlySpan<double> scores)
    {
        // Each answer's own logarithm: the difference of two would be below 0 where all answers are certain.
        double loss = 0;
        ReadOnlySpan<int> set = sets[row];
        for (int k = 0, next = 0; k < scores.Length; k++)
        {
            bool isSet = next < set.Length && set[next] == k;
            next += isSet ? 1 : 0;
            loss -= LogSigmoid.Compute(isSet ? scores[k] : -scores[k]);
        }

        return loss;
    }

    public void Check(int rows)
    {
        if (sets.Count != rows)
            throw new ArgumentException($"There are {sets.Count} label sets for {rows} rows; each row needs one.", nameof(rows));

        if (!sets.Counts().Any(count => count > 0 && count < rows))
        {
            throw new ArgumentException(
                $"Each of the {sets.Classes} classes is in all {rows} rows or in none; at least one must be in some rows only.",
                    nameof(rows));
        }
    }

    /// <summary>A class that is absent from a fold gets the score of an impossible class, which calibration corrects.</summary>
    public void CheckFold(int[] rows)
    {
    }
}
