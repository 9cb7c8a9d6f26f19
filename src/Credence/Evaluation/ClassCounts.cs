namespace Credence.Evaluation;

/// <summary>What precision, recall and F1 of each class are made of.</summary>
internal sealed class ClassCounts(int classes)
{
    private readonly double[] right = new double[classes];
    private readonly double[] predicted = new double[classes];
    private readonly double[] present = new double[classes];

    /// <summary>Counts rows anew.</summary>
    public void Count(ScoredRows rows, ReadOnlySpan<double> weights)
    {
        Array.Clear(right);
        Array.Clear(predicted);
        Array.Clear(present);
        for (int row = 0; row < rows.Count; row++)
        {
            double weight = weights[row];
            present[rows.Truth[row]] += weight;
            predicted[rows.Predicted[row]] += weight;
            if (rows.IsCorrect(row))
                right[rows.Truth[row]] += weight;
        }
    }

    public double Precision(int k) => predicted[k] > 0 ? right[k] / predicted[k] : double.NaN;

    public double Recall(int k) => present[k] > 0 ? right[k] / present[k] : double.NaN;

    public double F1(int k) => predicted[k] + present[k] > 0 ? 2 * right[k] / (predicted[k] + present[k]) : double.NaN;

    /// <summary>The mean F1 over the classes that are present or predicted.</summary>
    public double MacroF1()
    {
        double sum = 0;
        int classes = 0;
        for (int k = 0; k < right.Length; k++)
        {
            if (predicted[k] + present[k] > 0)
            {
                sum += F1(k);
                classes++;
            }
        }

        return sum / classes;
    }
}
