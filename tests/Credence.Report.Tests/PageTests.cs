using Credence.Report.Page;
using Credence.Report.Tests.Support;
using Microsoft.Playwright;

namespace Credence.Report.Tests;

/// <summary>The report in a real browser. <c>CREDENCE_SCREENSHOTS=FOLDER</c> keeps what it looked like; <c>CREDENCE_REPORT=FILE</c> looks
/// at a report of one's own.</summary>
public sealed class PageTests(Browser browser) : IClassFixture<Browser>
{
    [Theory]
    [InlineData(1280, false)]
    [InlineData(1280, true)]
    [InlineData(320, false)]
    [InlineData(320, true)]
    public async Task Report_IsWholeLegibleAndQuiet(int width, bool dark)
    {
        var console = new List<string>();
        IPage page = await browser.Open(await Html(), width, dark, console);
        Assert.Empty(console);

        // Nothing sticks out to the side but what scrolls in a box of its own.
        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));

        // Words in drawings stay inside them.
        string[] cut = await page.EvaluateAsync<string[]>(
            "[...document.querySelectorAll('svg.drawing text')].filter(t => { const a = t.getBoundingClientRect(), "
                + "b = t.closest('svg').getBoundingClientRect(); return a.width > 0 "
                + "&& (a.left < b.left - 8 || a.right > b.right + 8); }).map(t => t.textContent)");
        Assert.Empty(cut);
        Assert.Equal(dark, await page.EvaluateAsync<bool>(
            "(() => { const c = getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number); return c[0] < 128; })()"));
        await Keep(page, $"report-{width}-{(dark ? "dark" : "light")}");
        Assert.Empty(await Axe.Serious(page));
    }

    [Fact]
    public async Task Details_OpenByKeyboard_AndTheirTablesFit()
    {
        IPage page = await browser.Open(await Html(), 320, false, []);
        await page.EvaluateAsync("document.querySelectorAll('details').forEach(d => d.open = true)");
        Assert.Equal(320, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await page.EvaluateAsync("document.querySelectorAll('details').forEach(d => d.open = false)");
        await page.Locator("details summary").First.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        Assert.True(await page.EvaluateAsync<bool>("document.querySelector('details').open"));
        Assert.Empty(await Axe.Serious(page));
    }

    [Fact]
    public async Task Names_RightToLeft_StayInTheirPlace()
    {
        ReportModel model = SimulatedReport.Of(3, 500, name: k => new[] { "שלום (a)", "مرحبا 12", "plain" }[k]);
        using var writer = new StringWriter();
        await HtmlReport.WriteAsync(model, writer, TestContext.Current.CancellationToken);
        IPage page = await browser.Open(writer.ToString(), 1280, false, []);

        // The number after a right-to-left name stands to its right.
        bool[] right = await page.EvaluateAsync<bool[]>(
            "[...document.querySelectorAll('#class-counts tbody tr')].map(r => r.querySelector('bdi').getBoundingClientRect().left "
                + "< r.querySelector('span').getBoundingClientRect().left)");
        Assert.All(right, Assert.True);
        Assert.Empty(await Axe.Serious(page));
    }

    private static async Task<string> Html()
    {
        if (Environment.GetEnvironmentVariable("CREDENCE_REPORT") is { Length: > 0 } own)
            return await File.ReadAllTextAsync(own);

        using var writer = new StringWriter();
        await HtmlReport.WriteAsync(EvaluatedReport.Of(5, 1500), writer, TestContext.Current.CancellationToken);
        return writer.ToString();
    }

    private static async Task Keep(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("CREDENCE_SCREENSHOTS") is not { Length: > 0 } folder)
            return;

        await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
        foreach (IElementHandle section in await page.QuerySelectorAllAsync("main > header, main section"))
            await section.ScreenshotAsync(
                new() { Path = Path.Combine(folder, $"{name}-{await section.GetAttributeAsync("id") ?? "top"}.png") });
    }
}
