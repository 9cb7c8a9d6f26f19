using Credence.Data;
using Credence.Data.Scores;
using Credence.Diagnostics;
using Credence.Models.Learning;
using Credence.Numerics;
using Credence.Tests.Support;

namespace Credence.Tests.Diagnostics;

/// <summary>What scores are is told from the numbers, and what can't be told is refused with its place.</summary>
public class ScoreFormatReportTests
{
    private const int Classes = 4;
    private static readonly SimulatedScores Scores = SimulatedScores.Draw(200, Classes, 3);

    private static double[] P => Scores.Probabilities.Values.ToArray();

    public static TheoryData<ScoreFormat, Func<double, double>> Forms => new()
    {
        { ScoreFormat.Softmax, p => p },
        { ScoreFormat.Softmax, p => (float)p },
        { ScoreFormat.LogProbabilities, p => Math.Log(p) },
        { ScoreFormat.Percentages, p => 100 * p },
        { ScoreFormat.Rounded, p => Math.Round(p, 2) },
        { ScoreFormat.Rounded, p => Math.Round(p, 4) },
        { ScoreFormat.Incomplete, p => 0.97 * p },
        { ScoreFormat.OneVsRestCalibrator, p => p * p / ((p * p) + 0.05) },
        { ScoreFormat.Logits, p => 3 * Math.Log(p) },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void Of_TellsTheForm(ScoreFormat form, Func<double, double> saved)
    {
        double[] values = [.. P.Select(saved)];
        ScoreFormatReport nature = ScoreFormatReport.Inspect(values, Classes);
        Assert.Equal(form, nature.Form);

        // Whatever probabilities were, they can be measured now.
        double[] normalized = nature.Normalized(values, Classes);
        if (nature.Kind == ScoreKind.Probabilities)
        {
            for (int row = 0; row < 200; row++)
                Assert.Equal(1, normalized.AsSpan(row * Classes, Classes).ToArray().Sum(), 0.002);
        }
    }

    [Fact]
    public void Of_RawLogits() => Assert.Equal(ScoreFormat.Logits, ScoreFormatReport.Inspect(Scores.Logits.Values, Classes).Form);

    [Fact]
    public void Of_DecisionsAndConstants()
    {
        double[] decisions = new double[P.Length];
        for (int row = 0; row < 200; row++)
            decisions[(row * Classes) + (row % Classes)] = 1;

        Assert.Equal(ScoreFormat.Decisions, ScoreFormatReport.Inspect(decisions, Classes).Form);
        Assert.Equal(ScoreFormat.Constant,
            ScoreFormatReport.Inspect([.. Enumerable.Repeat(new[] { 0.4, 0.3, 0.2, 0.1 }, 50).SelectMany(row => row)], Classes).Form);
    }

    [Fact]
    public void Of_OneNegativeAmongProbabilities_IsRefusedWithItsPlace()
    {
        double[] p = P;
        p[(7 * Classes) + 2] = -0.1;
        var error = Assert.Throws<InvalidDataException>(() => ScoreFormatReport.Inspect(p, Classes));
        Assert.Contains("row 7 class 2 is -0.1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_OneRowThatSumsToLess_IsNamed_AsItsFileNamesIt()
    {
        double[] p = P;
        p[7 * Classes] = 0;
        p[(7 * Classes) + 1] = 0.2;
        ScoreFormatReport nature = ScoreFormatReport.Inspect(p, Classes);
        Assert.Equal(ScoreFormat.Incomplete, nature.Form);
        Assert.Contains("row 7 sums to", nature.Text, StringComparison.Ordinal);
        Assert.Contains(": s.csv line 9 sums to", ScoreFormatReport.Inspect(p, Classes, (row, _) => $"s.csv line {row + 2}")
            .Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Normalized_ARowOfZeros_IsRefusedWithItsPlace()
    {
        double[] p = [.. P.Select(value => 0.97 * value)];
        p.AsSpan(7 * Classes, Classes).Clear();
        ScoreFormatReport nature = ScoreFormatReport.Inspect(p, Classes);
        Assert.StartsWith("row 7 is 0 for every class", Assert.Throws<InvalidDataException>(() => nature.Normalized(p, Classes))
            .Message, StringComparison.Ordinal);
        Assert.StartsWith("there", Assert.Throws<InvalidDataException>(() => nature.Normalized(p, Classes, (_, _) => "there"))
            .Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ProbabilitiesWithSomethingTakenOff_AreNotCalledSoundLogits()
    {
        ScoreFormatReport nature = ScoreFormatReport.Inspect([.. P.Select(p => p - 0.01)], Classes);
        Assert.Equal(ScoreFormat.Logits, nature.Form);
        Assert.False(nature.IsSound);
        Assert.StartsWith("Almost probabilities, but not quite: rows sum to 0.96", nature.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_SaturatedFloats_AreNotCalledRounded()
    {
        double[] p = new double[P.Length];
        Array.Fill(p, 1e-12f);
        for (int row = 0; row < 200; row++)
            p[(row * Classes) + (row % Classes)] = 1.0f;

        ScoreFormatReport nature = ScoreFormatReport.Inspect(p, Classes);
        Assert.Equal(ScoreFormat.Softmax, nature.Form);
        Assert.Contains("(from 1e−12 to 1)", nature.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1e300, "−1e300 to 1e300")]
    [InlineData(1e-300, "−1e−300 to 1e−300")]
    [InlineData(2.5, "−2.5 to 2.5")]
    public void Of_HugeAndTinyLogits_AreWrittenShortly(double scale, string range) =>
        Assert.Contains(range, ScoreFormatReport.Inspect([scale, 0, 0, -scale, 0, scale, -scale, 0], 2).Text, StringComparison.Ordinal);

    [Fact]
    public void LooksLikeProbabilities_OnlyWhatSumsToOneWithoutNegatives()
    {
        Assert.True(ScoreFormatReport.LooksLikeProbabilities(P, Classes));
        Assert.False(ScoreFormatReport.LooksLikeProbabilities(Scores.Logits.Values, Classes));
        Assert.False(ScoreFormatReport.LooksLikeProbabilities([.. P.Select(p => 0.97 * p)], Classes));
        Assert.False(ScoreFormatReport.LooksLikeProbabilities(P.AsSpan(0, Classes), Classes));
    }

    [Theory]
    [InlineData("one label")]
    [InlineData("identical rows")]
    [InlineData("identical logits")]
    [InlineData("decisions")]
    [InlineData("saturated floats")]
    [InlineData("calibrated")]
    public void Diagnosis_IsClearOfHostileScores(string what)
    {
        double[] values = P;
        int[] labels = Scores.Labels.Indices.ToArray();
        switch (what)
        {
            case "one label":
                Array.Fill(labels, 0);
                break;
            case "identical rows":
                for (int i = 0; i < values.Length; i++)
                    values[i] = values[i % Classes];
                break;
            case "identical logits":
                for (int i = 0; i < values.Length; i++)
                    values[i] = 3 - (2 * (i % Classes));
                break;
            case "decisions":
                for (int i = 0; i < values.Length; i++)
                    values[i] = i % Classes == labels[i / Classes] % 3 ? 1 : 0;
                break;
            case "saturated floats":
                var rng = new Rng(1);
                for (int row = 0; row < 200; row += 2)
                {
                    values.AsSpan(row * Classes, Classes).Fill(1e-12f);
                    values[(row * Classes) + rng.NextInt(Classes)] = 1.0f;
                }

                break;
        }

        ScoreFormatReport nature = ScoreFormatReport.Inspect(values, Classes);
        ScoreCalibrationFit fit = new ScoreCalibration().Fit(
            nature.Kind, values, new Labels(labels, Scores.Labels.Names), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Contains(
            what switch
            {
                "one label" => "Every row is labelled 'c0'",
                "identical rows" or "identical logits" => "the same for every row",
                "decisions" => "decisions, not probabilities",
                "saturated floats" => "Do not use these probabilities uncalibrated",
                _ => "use these probabilities unchanged",
            },
            Diagnosis.Diagnose(fit, nature).Verdict,
            StringComparison.Ordinal);
        Assert.Equal(what == "saturated floats", Diagnosis.Diagnose(fit, nature).Findings.Any(finding => finding.Topic == "saturated"));
        Assert.Equal(what == "one label", fit.Notes.Any(note => note.StartsWith("Every row is labelled 'c0'", StringComparison.Ordinal)));
    }
}
