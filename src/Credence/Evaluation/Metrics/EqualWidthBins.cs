namespace Credence.Evaluation.Metrics;

/// <summary>Bins (b/B, (b+1)/B] of probabilities, 0 in the first.</summary>
internal sealed class EqualWidthBins
{
    private readonly double[] edges;

    public EqualWidthBins(int count)
    {
        Count = count;
        edges = new double[count + 1];
        for (int b = 0; b <= count; b++)
            edges[b] = (double)b / count;
    }

    public int Count { get; }

    public double Low(int bin) => edges[bin];

    public double High(int bin) => edges[bin + 1];

    /// <summary>The bin of a probability, exactly by its edges.</summary>
    public int Of(double probability)
    {
        if (probability <= edges[1])
            return 0;

        int bin = Math.Clamp((int)(probability * Count), 0, Count - 1);
        while (bin > 0 && probability <= edges[bin])
            bin--;
        while (bin < Count - 1 && probability > edges[bin + 1])
            bin++;
        return bin;
    }
}
