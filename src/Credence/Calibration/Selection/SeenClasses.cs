using Credence.Data;
using Credence.Data.Scores;
using Credence.Numerics;

namespace Credence.Calibration.Selection;

/// <summary>The classes that have rows to fit on, among all classes of the scores.</summary>
/// <remarks>Of a class without a row nothing can be learned: a bias for it would go to −∞, or to wherever a prior stops it, and the class
/// would never be predicted when it comes.</remarks>
internal sealed class SeenClasses
{
    private readonly int[] seen;
    private readonly bool[] isSeen;

    /// <summary>Some of the classes.</summary>
    /// <param name="seen">Their numbers, ascending, at least one and not all.</param>
    /// <param name="classes">The number of all classes.</param>
    public SeenClasses(int[] seen, int classes)
    {
        this.seen = seen;
        isSeen = new bool[classes];
        foreach (int k in seen)
            isSeen[k] = true;
    }

    /// <summary>The number of all classes.</summary>
    public int Classes => isSeen.Length;

    /// <summary>The number of classes with rows.</summary>
    public int Count => seen.Length;

    /// <summary>The classes with rows, ascending.</summary>
    public ReadOnlySpan<int> Indices => seen;

    /// <summary>The classes with rows; null where all have some.</summary>
    public static SeenClasses? Of(Labels labels)
    {
        int[] counts = labels.Counts();
        int[] seen = [.. Enumerable.Range(0, counts.Length).Where(k => counts[k] > 0)];
        return seen.Length == 0 || seen.Length == counts.Length ? null : new SeenClasses(seen, counts.Length);
    }

    /// <summary>The columns of these classes. A row in which they are all impossible has them equal.</summary>
    public Logits Logits(Logits logits)
    {
        double[] values = LargeArray.Uninitialized<double>(logits.Rows * seen.Length);
        for (int row = 0; row < logits.Rows; row++)
        {
            ReadOnlySpan<double> all = logits.Row(row);
            Span<double> own = values.AsSpan(row * seen.Length, seen.Length);
            for (int i = 0; i < seen.Length; i++)
                own[i] = all[seen[i]];

            if (double.IsNegativeInfinity(DoubleVectors.Max(own)))
                own.Clear();
        }

        return new Logits(values, seen.Length);
    }

    /// <summary>The labels among these classes alone.</summary>
    public Labels Labels(Labels labels)
    {
        var indices = new int[labels.Count];
        for (int row = 0; row < indices.Length; row++)
            indices[row] = Array.BinarySearch(seen, labels[row]);

        return new Labels(indices, [.. seen.Select(k => labels.Names[k])]);
    }

    /// <summary>The probabilities of all classes: the softmax of those without rows, and what that leaves shared out among the others by
    /// their calibrated probabilities.</summary>
    /// <param name="logits">[rows, all classes].</param>
    /// <param name="calibrated">[rows, <see cref="Count"/>].</param>
    public Probabilities Together(Logits logits, Probabilities calibrated)
    {
        double[] all = LargeArray.Uninitialized<double>(logits.Rows * logits.Classes);
        for (int row = 0; row < logits.Rows; row++)
        {
            Span<double> own = all.AsSpan(row * Classes, Classes);
            Softmax.ForwardRows(logits.Row(row), Classes, own);
            double left = 0;
            foreach (int k in seen)
                left += own[k];

            for (int i = 0; i < seen.Length; i++)
                own[seen[i]] = left * calibrated.Row(row)[i];
        }

        return new Probabilities(all, Classes);
    }
}
