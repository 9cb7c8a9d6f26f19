namespace Credence.Evaluation.Metrics;

/// <summary>The counts from which precision, recall and F1 of each class are computed.</summary>
internal sealed class ClassCounts(int classes)
{
    private readonly double[] right = new double[classes];
    private readonly double[] predicted = new double[classes];
    private readonly double[] present = new double[classes];

    /// <summary>The same counts, to add to apart.</summary>
    public ClassCounts Copy()
    {
        var copy = new ClassCounts(Classes);
        right.CopyTo(copy.right, 0);
        predicted.CopyTo(copy.predicted, 0);
        present.CopyTo(copy.present, 0);
        return copy;
    }

    /// <summary>Forgets all rows.</summary>
    public void Clear()
    {
        Array.Clear(right);
        Array.Clear(predicted);
        Array.Clear(present);
    }

    /// <summary>Counts a row.</summary>
    public void Add(int truth, int prediction, double weight)
    {
        AddPrediction(prediction, weight);
        AddTruth(truth, prediction, weight);
    }

    /// <summary>Counts a row's predicted class.</summary>
    public void AddPrediction(int prediction, double weight) => predicted[prediction] += weight;

    /// <summary>Counts a row's true class, beside its predicted one.</summary>
    public void AddTruth(int truth, int prediction, double weight)
    {
        present[truth] += weight;
        if (truth == prediction)
            right[truth] += weight;
    }

    /// <summary>K.</summary>
    public int Classes => right.Length;

    /// <summary>Rows of the class and rows predicted as it, together.</summary>
    public double Total(int k) => predicted[k] + present[k];

    public double Precision(int k) => predicted[k] > 0 ? right[k] / predicted[k] : double.NaN;

    public double Recall(int k) => present[k] > 0 ? right[k] / present[k] : double.NaN;

    public double F1(int k) => Total(k) > 0 ? 2 * right[k] / Total(k) : double.NaN;

    /// <summary>The mean F1 over the classes that are present or predicted.</summary>
    public double MacroF1()
    {
        double sum = 0;
        int classes = 0;
        for (int k = 0; k < right.Length; k++)
        {
            if (Total(k) > 0)
            {
                sum += F1(k);
                classes++;
            }
        }

        return sum / classes;
    }
}
