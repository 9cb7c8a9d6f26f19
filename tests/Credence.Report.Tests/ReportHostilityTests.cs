using System.Text;
using System.Text.RegularExpressions;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Evaluation;
using Credence.Evaluation.Results;
using Credence.Report.Page;
using Credence.Report.Plots;
using Credence.Report.Sections;
using Credence.Report.Tests.Support;

namespace Credence.Report.Tests;

/// <summary>Names made to break pages, evaluations of next to nothing, and very many classes.</summary>
public sealed partial class ReportHostilityTests
{
    private const string Hostile = "a\u0007\u202Eevil\u2066\u200F\n<script>alert(1)</script>\u0000\uD800 שלום";

    [Fact]
    public async Task HostileNames_AreCleanedEverywhere()
    {
        ReportModel model = EvaluatedReport.Of(5, 300, k => $"{Hostile}{k}") with
        {
            Title = Hostile,
            Kind = Hostile,
            Verdict = Hostile,
            Warnings = [Hostile],
            Against = Hostile,
            Data = new DataSummary
            {
                Source = Hostile,
                Label = Hostile,
                Columns = [(Hostile, [Hostile])],
                Classes = [(Hostile, 3)],
                Notes = [Hostile],
                TrainRows = 3,
                TestRows = 3,
            },
            Features = [new ClassFeatures(Hostile, [(Hostile, 1.5)])],
            Calibration = new CalibrationChoice(Hostile, Hostile, [(Hostile, 0.5, Hostile)]) { Parameters = [(Hostile, 1)] },
            Mistakes = [new Mistake(1, Hostile, Hostile, Hostile, 0.9)],
            Reproduction = new Reproduction(Hostile, 1, Hostile, Hostile),
        };
        RenderedReport report = await RenderedReport.Of(model);
        Assert.DoesNotContain("<script", report.Html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch(Invisible(), report.Html);
        Assert.DoesNotContain("\uFFFD\uFFFD\uFFFD", report.Html, StringComparison.Ordinal);

        // What is set apart is closed again.
        string text = report.Page.Body!.TextContent;
        Assert.Equal(text.Count(c => c == '\u2068'), text.Count(c => c == '\u2069'));
        Assert.Equal(report.Html, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(report.Html)));
    }

    [Fact]
    public async Task ThousandClasses_StayBounded()
    {
        RenderedReport report =
            await RenderedReport.Of(EvaluatedReport.Of(1000, 1200, k => $"a class with a rather long name, number {k:0000}", draws: 40));
        Assert.InRange(Encoding.UTF8.GetByteCount(report.Html), 50_000, 1_000_000);
        Assert.Contains("Of 1,000 classes", report.Page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(1, 1)]
    [InlineData(5, 1)]
    [InlineData(2, 2)]
    public async Task NextToNothing_IsDrawnSensibly(int rows, int classes)
    {
        var p = new double[rows * classes];
        for (int i = 0; i < p.Length; i++)
            p[i] = classes == 1 ? 1 : i % classes == 0 ? 0.6 : 0.4 / (classes - 1);

        ModelEvaluation evaluation = Evaluator.Evaluate(
            new Probabilities(p, classes), new Labels(new int[rows], [.. Enumerable.Range(0, classes).Select(k => $"c{k}")]),
                cancellationToken: TestContext.Current.CancellationToken);
        RenderedReport report = await RenderedReport.Of(new ReportModel
        {
            Title = "little",
            Evaluation = evaluation,
            Uncalibrated = evaluation,
            Confusion = new Confusion(evaluation.Classes, [.. evaluation.Confusion!.Counts!.Select(count => (long)count)]),
        });
        Assert.DoesNotContain("NaN", report.Html, StringComparison.Ordinal);
        Assert.Contains("calibration", report.Sections);
        Assert.Contains("figures", report.Sections);
        Assert.NotEmpty(report.Page.QuerySelectorAll("figure.plot"));
    }

    [Fact]
    public async Task NothingMeasured_IsToldAsNothing()
    {
        RenderedReport report = await RenderedReport.Of(new ReportModel
        {
            Title = "nothing",
            Evaluation = new ModelEvaluation
            {
                Rows = 0,
                Classes = ["a", "b"],
                Figures = [new(MetricName.Accuracy, double.NaN, Interval.None, null, null,
                    "share of rows whose most probable class is the true one")],
                ClassResults = [new ClassResult("a", double.NaN, double.NaN, double.NaN, 0)],
            },
            Confusion = new Confusion(["a", "b"], [0, 0, 0, 0]),
            Data = new DataSummary { Classes = [("a", 0), ("b", 0)] },
        });
        Assert.Equal(["figures", "confusions", "classes", "data"], report.Sections);
        Assert.DoesNotContain("NaN", report.Html, StringComparison.Ordinal);
        Assert.Contains("n/a", report.One("table.figures").TextContent, StringComparison.Ordinal);
    }

    // Control characters but for line ends and tabs of the markup, and marks that turn the direction of what follows.
    [GeneratedRegex("[\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F-\\u009F\\u200E\\u200F\\u202A-\\u202E\\u2066\\u2067]")]
    private static partial Regex Invisible();
}
