using System.Globalization;
using System.Text;
using AngleSharp.Dom;
using Credence.Evaluation;
using Credence.Evaluation.Results;
using Credence.Report.Page;
using Credence.Report.Tests.Support;

namespace Credence.Report.Tests;

public sealed class HtmlReportTests
{
    public static TheoryData<int, int> Sizes => new() { { 2, 40 }, { 3, 2000 }, { 10, 3000 }, { 100, 2000 } };

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task Plot_HasATitleADescriptionAndATable(int classes, int rows)
    {
        RenderedReport report = await RenderedReport.Of(SimulatedReport.Of(classes, rows));
        IHtmlCollection<IElement> plots = report.Page.QuerySelectorAll("figure.plot");
        Assert.InRange(plots.Length, 6, 8);
        foreach (IElement plot in plots)
        {
            IElement drawing = Assert.Single(plot.QuerySelectorAll("svg[role=img]"));
            foreach (string id in drawing.GetAttribute("aria-labelledby")!.Split(' '))
                Assert.NotEmpty(drawing.QuerySelector("#" + id)!.TextContent.Trim());

            Assert.NotEmpty(plot.QuerySelector("figcaption h3")!.TextContent);
            Assert.EndsWith(".", plot.QuerySelector("figcaption p")!.TextContent.Trim());
            IElement table = Assert.Single(plot.QuerySelectorAll("details table"));
            Assert.NotEmpty(table.QuerySelectorAll("tbody tr"));
            int columns = table.QuerySelectorAll("thead th").Length;
            Assert.All(table.QuerySelectorAll("tbody tr"), row => Assert.Equal(columns, row.ChildElementCount));
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task Page_HasUniqueIdsAndWholeLinks(int classes, int rows)
    {
        RenderedReport report = await RenderedReport.Of(SimulatedReport.Of(classes, rows));
        string[] ids = [.. report.Page.QuerySelectorAll("[id]").Select(e => e.Id!)];
        Assert.Equal(ids.Distinct().Count(), ids.Length);
        Assert.All(report.Page.QuerySelectorAll("a[href]"), link => Assert.Contains(link.GetAttribute("href")![1..], ids));
        string[] pointed = [.. report.Page.QuerySelectorAll("[aria-labelledby]")
            .SelectMany(e => e.GetAttribute("aria-labelledby")!.Split(' '))];
        Assert.All(pointed, id => Assert.Contains(id, ids));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task Drawing_HoldsFiniteInvariantNumbersOnly(int classes, int rows)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture =
            new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NegativeSign = "−", NumberGroupSeparator = "." } };
        try
        {
            RenderedReport report = await RenderedReport.Of(SimulatedReport.Of(classes, rows));
            string[] geometry = ["x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width", "height", "opacity"];
            foreach (IElement shape in report.Page.QuerySelectorAll("svg *"))
            {
                foreach (string name in geometry.Where(shape.HasAttribute))
                    Assert.True(double.TryParse(shape.GetAttribute(name), NumberStyles.Float, CultureInfo.InvariantCulture,
                        out double value) && double.IsFinite(value), shape.OuterHtml);

                Assert.DoesNotMatch("[^-0-9.MLHVZ ]", shape.GetAttribute("d") ?? "");
                Assert.False(double.TryParse(shape.GetAttribute("width"), CultureInfo.InvariantCulture, out double width)
                    && width < 0, shape.OuterHtml);
            }

            Assert.DoesNotContain("NaN", report.Page.Body!.TextContent);
            Assert.DoesNotContain("−0 %", report.Page.Body.TextContent);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public async Task Page_AsksForNothingAndRunsNothing()
    {
        RenderedReport report = await RenderedReport.Of(SimulatedReport.Of(10, 2000));
        Assert.DoesNotContain("http:", report.Html);
        Assert.DoesNotContain("https:", report.Html);
        Assert.DoesNotContain("url(", report.Html);
        Assert.DoesNotContain("@import", report.Html);
        Assert.Empty(report.Page.QuerySelectorAll("script, link, iframe, img, object, embed, form, [style], [src]"));
        Assert.DoesNotContain(report.Page.All.SelectMany(e => e.Attributes), a =>
            a.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase));
        Assert.Contains("default-src 'none'", report.One("meta[http-equiv=Content-Security-Policy]").GetAttribute("content"));
    }

    [Fact]
    public async Task Policy_HoldsTheHashOfTheStyleSheetAsWritten()
    {
        RenderedReport report = await RenderedReport.Of(new() { Title = "x" });
        byte[] style = Encoding.UTF8.GetBytes(report.One("style").TextContent);
        string hash = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(style));
        Assert.Contains($"'sha256-{hash}'", report.One("meta[http-equiv=Content-Security-Policy]").GetAttribute("content"));
    }

    [Fact]
    public async Task Headings_StepDownOneAtATime()
    {
        RenderedReport report = await RenderedReport.Of(SimulatedReport.Of(10, 2000));
        int[] levels = [.. report.Page.QuerySelectorAll("h1, h2, h3, h4").Select(h => h.LocalName[1] - '0')];
        Assert.Equal(1, levels[0]);
        Assert.Equal(1, levels.Count(level => level == 1));
        Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 1));
    }

    [Fact]
    public async Task Sections_AppearOnlyForWhatIsThere()
    {
        ReportModel whole = SimulatedReport.Of(3, 500);
        Assert.Empty((await RenderedReport.Of(new() { Title = "nothing" })).Sections);
        Assert.Equal(["reproduce"], (await RenderedReport.Of(new() { Title = "x", Reproduction = whole.Reproduction })).Sections);
        Assert.Equal(["mistakes", "data"], (await RenderedReport.Of(new() { Title = "x", Data = whole.Data, Mistakes = whole.Mistakes }))
            .Sections);
        Assert.Equal(["calibration"], (await RenderedReport.Of(new() { Title = "x", Calibration = whole.Calibration })).Sections);
        Assert.Equal(
            ["calibration", "figures", "abstaining", "sets", "confusions", "mistakes", "classes", "features", "training", "data",
                "reproduce"],
            (await RenderedReport.Of(whole)).Sections);
    }

    [Fact]
    public async Task Section_WithoutUncalibratedFiguresSpeaksOfNoBefore()
    {
        RenderedReport report = await RenderedReport.Of(SimulatedReport.Of(3, 2000) with { Uncalibrated = null, Calibration = null });
        Assert.DoesNotContain("before", report.Page.Body!.TextContent, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(report.Page.QuerySelectorAll("svg .before"));
    }

    [Fact]
    public async Task Verdict_SaysHowManyOfAHundredAreRight()
    {
        ReportModel model = SimulatedReport.Of(3, 20_000, temperature: 3);
        RenderedReport report = await RenderedReport.Of(model);
        Assert.Matches(@"^Of 100 predictions made with \d\d % confidence, about \d\d are right "
            + @"\(before calibration, \d\d\): no miscalibration detected on \S+ rows \(p = 0.4, 2 tests counted as one\)\.$",
            report.One(".verdict").TextContent.Replace('\u00A0', ' '));

        RenderedReport before = await RenderedReport.Of(model with { Evaluation = model.Uncalibrated, Uncalibrated = null });
        Assert.Contains("are right: these probabilities are overconfident, by", before.One(".verdict").TextContent);
        RenderedReport own = await RenderedReport.Of(model with { Verdict = "In the caller’s words." });
        Assert.Equal("In the caller’s words.", own.One(".verdict").TextContent);
    }

    [Fact]
    public async Task Mistakes_NeverSayOneHundredPercent()
    {
        RenderedReport report = await RenderedReport.Of(new()
        {
            Title = "x",
            Mistakes = [new(7, "text", "a", "b", 0.99999999), new(8, "", "a", "b", 0.5)],
        });
        Assert.Equal([">99.9 %", "50.0 %"], report.Page.QuerySelectorAll(".mistakes li")
            .Select(li => li.QuerySelectorAll("b")[1].TextContent.Replace('\u00A0', ' ')));
    }

    [Fact]
    public async Task Stream_GetsTheSameBytesAsTheWriter()
    {
        ReportModel model = SimulatedReport.Of(3, 200);
        using var stream = new MemoryStream();
        await HtmlReport.WriteAsync(model, stream, TestContext.Current.CancellationToken);
        Assert.Equal((await RenderedReport.Of(model)).Html, Encoding.UTF8.GetString(stream.ToArray()));
        Assert.True(stream.CanWrite);
    }

    [Fact]
    public async Task Cancelled_WritesNothing()
    {
        using var writer = new StringWriter();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => HtmlReport.WriteAsync(new() { Title = "x" }, writer, new(true)));
        Assert.Empty(writer.ToString());
    }

    private static ModelEvaluation Only(IReadOnlyList<MetricResult> figures) => new() { Figures = figures };
}
