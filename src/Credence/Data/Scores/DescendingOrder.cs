namespace Credence.Data.Scores;

/// <summary>Orders classes by descending probability, ties by index, so that the order does not depend on the sort.</summary>
internal static class DescendingOrder
{
    /// <summary>Sorts both arrays.</summary>
    /// <param name="negated">The probabilities with their sign changed.</param>
    /// <param name="classes">The class of each.</param>
    public static void Sort(double[] negated, int[] classes)
    {
        Array.Sort(negated, classes);

        // The sort is not stable: runs of equal probability are sorted by index afterwards.
        for (int start = 0; start < classes.Length;)
        {
            int end = start + 1;
            while (end < classes.Length && negated[end] == negated[start])
                end++;

            if (end - start > 1)
                Array.Sort(classes, start, end - start);

            start = end;
        }
    }
}
