using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Credence.Report.Page;

namespace Credence.Report.Tests.Support;

/// <summary>A report as written, and as a browser would understand it.</summary>
internal sealed record RenderedReport(string Html, IDocument Page)
{
    public static async Task<RenderedReport> Of(ReportModel model)
    {
        using var writer = new StringWriter();
        await HtmlReport.WriteAsync(model, writer, TestContext.Current.CancellationToken);
        string html = writer.ToString();
        return new(html, await new HtmlParser().ParseDocumentAsync(html));
    }

    public IElement One(string selector) => Assert.Single(Page.QuerySelectorAll(selector));

    public IEnumerable<string> Sections => Page.QuerySelectorAll("main section").Select(section => section.Id!);
}
