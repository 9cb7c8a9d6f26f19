namespace Credence.Data.Splits;

/// <summary>How often a row's label differs from that of the equal row before it.</summary>
/// <param name="Compared">The rows with an equal row before them.</param>
/// <param name="Different">Those whose label differs.</param>
/// <param name="Expected">Those whose label would differ if labels were independent of the features: any two rows' rate.</param>
internal readonly record struct LabelAgreement(int Compared, int Different, double Expected)
{
    private const double OfCopies = 0.05, OfCases = 0.2, LeastOfCases = 0.3, LeastDifferent = 3;

    /// <summary>Whether labels agree as those of copies do: a case carries one label. If cases differed at least .3 times as often as any
    /// two rows, three or more differences would be expected here, and none is seen with a probability of e⁻³ = .05.</summary>
    public bool IsThatOfCopies => Different <= OfCopies * Expected && LeastOfCases * Expected >= LeastDifferent;

    /// <summary>Whether labels differ, by two standard errors of a Poisson count, too often for copies.</summary>
    public bool IsThatOfCases => Different - 2 * Math.Sqrt(Different) > OfCases * Expected;

    /// <summary>Compares each row with the equal row before it.</summary>
    /// <param name="hashes">A hash per row, equal for equal rows.</param>
    /// <param name="labels">The rows' labels; null where there are none, and then nothing is compared.</param>
    public static LabelAgreement Of(ulong[] hashes, Labels? labels)
    {
        if (labels is null)
            return default;

        var last = new Dictionary<ulong, int>();
        int compared = 0, different = 0;
        for (int row = 0; row < hashes.Length; row++)
        {
            if (last.TryGetValue(hashes[row], out int label))
            {
                compared++;
                different += label == labels[row] ? 0 : 1;
            }

            last[hashes[row]] = labels[row];
        }

        double equal = labels.Counts().Sum(count => (double)count * count) / ((double)labels.Count * labels.Count);
        return new LabelAgreement(compared, different, compared * (1 - equal));
    }
}
