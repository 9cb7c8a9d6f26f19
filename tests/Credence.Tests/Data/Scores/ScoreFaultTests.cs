using Credence.Data.Scores;

namespace Credence.Tests.Data.Scores;

/// <summary>Of scores that can't be what they are said to be the first is named, and why.</summary>
public class ScoreFaultTests
{
    public static TheoryData<ScoreKind, double[], int, int, string> Faults => new()
    {
        { ScoreKind.Probabilities, [0.5, 0.5, 0.3, -0.1], 1, 1, "is -0.1; a probability is from 0 to 1." },
        { ScoreKind.Probabilities, [0.5, 0.5, 30, 70], 1, 0, "is 30; a probability is from 0 to 1." },
        { ScoreKind.Probabilities, [0.5, 0.5, double.NaN, 1], 1, 0, "is NaN; a probability is from 0 to 1." },
        { ScoreKind.Probabilities, [double.NegativeInfinity, 0, 1, 1], 0, 0, "is −∞; a probability is from 0 to 1." },
        { ScoreKind.Probabilities, [0.5, 0.5, 0.5, 0.47], 1, -1, "sums to 0.97, not 1." },
        { ScoreKind.Probabilities, [0, 0], 0, -1, "sums to 0, not 1." },
        { ScoreKind.Logits, [1, 2, double.NaN, 1], 1, 0, "is NaN; a logit is finite or −∞." },
        { ScoreKind.Logits, [1, double.PositiveInfinity], 0, 1, "is ∞; a logit is finite or −∞." },
        { ScoreKind.Logits, [1, 2, double.NegativeInfinity, double.NegativeInfinity], 1, -1,
            "is −∞ for every class; at least one logit must be finite." },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void First_NamesRowAndClass(ScoreKind kind, double[] scores, int row, int k, string text) =>
        Assert.Equal(new ScoreFault(row, k, text), ScoreFault.First(kind, scores, 2));

    [Theory]
    [InlineData(ScoreKind.Probabilities, new[] { 0, 1, 0.3335, 0.6665, 0.999, 0 })]
    [InlineData(ScoreKind.Logits, new[] { double.NegativeInfinity, -5, double.MaxValue, double.MinValue, 0, 0 })]
    public void First_OfWhatCanBe_IsNull(ScoreKind kind, double[] scores) => Assert.Null(ScoreFault.First(kind, scores, 2));
}
