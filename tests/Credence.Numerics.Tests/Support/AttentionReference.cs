namespace Credence.Numerics.Tests;

/// <summary>Attention in three steps in plain double: scores, their softmax, the weighted mean.</summary>
internal static class AttentionReference
{
    /// <summary>The probability of each key for one query; NaN where it sees none.</summary>
    public static double[] Probabilities(
        double[] q, double[] k, AttentionShape shape, bool[] mask, int head, int query, out double logSumExp)
    {
        double scale = shape.Scale ?? 1 / Math.Sqrt(shape.Depth);
        int seen = shape.Causal ? query + 1 + shape.Keys - shape.Queries : shape.Keys;
        double[] scores = new double[shape.Keys];
        for (int key = 0; key < shape.Keys; key++)
        {
            for (int d = 0; d < shape.Depth; d++)
                scores[key] += scale * q[(((head * shape.Queries) + query) * shape.Depth) + d]
                    * k[(((head * shape.Keys) + key) * shape.Depth) + d];
            if (key >= seen || (mask.Length > 0 && !mask[key]))
                scores[key] = double.NegativeInfinity;
        }

        logSumExp = scores.Length == 0 || scores.All(double.IsNegativeInfinity) ? double.NegativeInfinity : Reference.LogSumExp(scores);
        return Reference.Softmax(scores);
    }

    public static (double[] Output, double[] LogSumExp) Forward(double[] q, double[] k, double[] v, AttentionShape shape, bool[] mask)
    {
        double[] output = new double[q.Length], total = new double[shape.Heads * shape.Queries];
        for (int row = 0; row < total.Length; row++)
        {
            int head = row / shape.Queries;
            double[] p = Probabilities(q, k, shape, mask, head, row % shape.Queries, out total[row]);
            for (int d = 0; d < shape.Depth; d++)
            {
                // A sum of nothing is no mean.
                output[(row * shape.Depth) + d] = double.IsNegativeInfinity(total[row]) ? double.NaN : 0;
                for (int key = 0; key < shape.Keys; key++)
                {
                    if (p[key] != 0)
                        output[(row * shape.Depth) + d] += p[key] * v[(((head * shape.Keys) + key) * shape.Depth) + d];
                }
            }
        }

        return (output, total);
    }
}
