using Credence.Data;

namespace Credence.Evaluation.Metrics;

/// <summary>The true positives, predictions and occurrences of each class where rows may have several, and the number of rows that are
/// entirely right.</summary>
internal sealed class MultiLabelCounts
{
    private readonly LabelSets said;
    private readonly LabelSets truth;
    private readonly double[] right;
    private readonly double[] saidOf;
    private readonly double[] present;

    public MultiLabelCounts(LabelSets said, LabelSets truth)
    {
        this.said = said;
        this.truth = truth;
        (right, saidOf, present) = (new double[truth.Classes], new double[truth.Classes], new double[truth.Classes]);
    }

    /// <summary>The share of rows whose predicted label set equals the true one (subset accuracy).</summary>
    public double Exact { get; private set; }

    /// <summary>Recounts under other weights, of mean one.</summary>
    public void Count(ReadOnlySpan<double> weights)
    {
        Array.Clear(right);
        Array.Clear(saidOf);
        Array.Clear(present);
        double exact = 0;
        for (int row = 0; row < truth.Count; row++)
        {
            double weight = weights[row];
            if (weight == 0)
                continue;

            ReadOnlySpan<int> own = truth[row], given = said[row];
            foreach (int k in own)
                present[k] += weight;
            foreach (int k in given)
            {
                saidOf[k] += weight;
                right[k] += own.BinarySearch(k) >= 0 ? weight : 0;
            }

            exact += own.SequenceEqual(given) ? weight : 0;
        }

        Exact = exact / truth.Count;
    }

    public double Precision(int k) => saidOf[k] > 0 ? right[k] / saidOf[k] : double.NaN;

    public double Recall(int k) => present[k] > 0 ? right[k] / present[k] : double.NaN;

    public double F1(int k) => saidOf[k] + present[k] > 0 ? 2 * right[k] / (saidOf[k] + present[k]) : double.NaN;

    /// <summary>The mean F1 over the classes that are present or predicted.</summary>
    public double MacroF1()
    {
        double sum = 0;
        int classes = 0;
        for (int k = 0; k < right.Length; k++)
        {
            if (saidOf[k] + present[k] > 0)
            {
                sum += F1(k);
                classes++;
            }
        }

        return sum / classes;
    }

    /// <summary>The F1 over all classes together.</summary>
    public double MicroF1() => saidOf.Sum() + present.Sum() is > 0 and double all ? 2 * right.Sum() / all : double.NaN;
}
