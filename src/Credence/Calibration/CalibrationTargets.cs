using Credence.Data;

namespace Credence.Calibration;

/// <summary>The labels as a fit sees them: weights that sum to 1, rows of an impossible class left out, and classes without rows.</summary>
internal sealed class CalibrationTargets
{
    public CalibrationTargets(Logits logits, Labels labels, ReadOnlySpan<double> weights)
    {
        Classes = logits.Classes;
        Indices = labels.Indices.ToArray();
        Weights = new double[labels.Count];
        var mass = new double[Classes];
        double total = 0;
        for (int row = 0; row < Weights.Length; row++)
        {
            double weight = weights.IsEmpty ? 1 : weights[row];
            if (double.IsNegativeInfinity(logits.Row(row)[Indices[row]]) || weight == 0)
                continue;

            Weights[row] = weight;
            total += weight;
            mass[Indices[row]] += weight;
            Rows++;
        }

        for (int row = 0; row < Weights.Length && total > 0; row++)
            Weights[row] /= total;

        Missing = [.. Enumerable.Range(0, Classes).Where(k => mass[k] == 0)];
        MissingShare = Rows == 0 ? 0 : 0.5 * Missing.Length / (Rows + (0.5 * Missing.Length));
    }

    /// <summary>The number of classes.</summary>
    public int Classes { get; }

    /// <summary>The rows that take part.</summary>
    public int Rows { get; }

    /// <summary>A class a row.</summary>
    public int[] Indices { get; }

    /// <summary>A weight a row; they sum to 1.</summary>
    public double[] Weights { get; }

    /// <summary>The classes without a row.</summary>
    public int[] Missing { get; }

    /// <summary>The share of every row's target given to the missing classes, half a row to each (R. Krichevsky, V. Trofimov, 1981):
    /// without it their bias would fall for ever.</summary>
    public double MissingShare { get; }

    /// <summary>The mean log loss that a set without an error still supports, 1/(n + 2).</summary>
    public double LeastLoss => 1.0 / (Rows + 2);
}
